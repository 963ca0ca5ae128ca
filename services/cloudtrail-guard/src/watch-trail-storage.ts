import {
  type ApiCallEvent,
  formatArn,
  isArn,
  MalformedEventError,
  partitionOfRegion,
  type ResponseRecord,
} from '@riposte/findings';
import type { TrailStorage } from '@riposte/remediations/cloudtrail';
import { shownName } from './headline.ts';
import { nothingToUndo } from './incident.ts';
import { apiCallOf } from './named-trail.ts';
import type { Outcome, RepairPorts } from './ports.ts';
import { tellOnce } from './tell-once.ts';
import { tellAttempt } from './tell-trail.ts';
import { triggerOfCall } from './trigger.ts';

/** What watching buckets and keys needs. */
export interface StoragePorts extends RepairPorts {
  /** The account whose trails are known besides those with a baseline. */
  readonly ownAccount: string;
  readonly ownRegion: string;
}

/**
 * Tells of changes to buckets that trails deliver to and keys that they encrypt with. Nothing is changed: whether a policy is right is for a person
 * to say. Calls on any other bucket or key are passed over.
 *
 * @throws MalformedEventError where the call names neither bucket nor key.
 */
export function watchTrailStorage(ports: StoragePorts) {
  return async (input: unknown): Promise<readonly Outcome[]> => {
    const event = apiCallOf(input);
    const resource = resourceOf(event);
    const trails = (await knownStorages(event, ports)).filter((storage) => uses(storage, event));
    if (trails.length === 0) return [];
    if (event.errorCode !== undefined) return [await tellAttempt(resource, event, ports)];
    const names = [...new Set(trails.map(({ trail }) => trail.arn))];
    const outcome = await tellOnce(
      {
        kind: 'trail-storage',
        discriminator: event.eventId || event.envelope.id,
        resource,
        trigger: triggerOfCall(event, ports.clock()),
        plan: [],
        before: { trails: names },
        reason: `trails that depend on it: ${names.map(shownName).join(', ')}`,
        undo: nothingToUndo,
      },
      ports,
    );
    return [outcome];
  };
}

/** Trails with a baseline, and those that the own account sees at home and where the call was made. */
async function knownStorages(
  event: ApiCallEvent,
  ports: StoragePorts,
): Promise<readonly TrailStorage[]> {
  const { ownAccount: accountId, ownRegion } = ports;
  const regions = new Set([ownRegion, ...(event.accountId === accountId ? [event.awsRegion] : [])]);
  const [baselines, ...seen] = await Promise.all([
    ports.baselines.all(),
    ...[...regions].map((region) => ports.trails().storages({ accountId, region })),
  ]);
  const approved = baselines.map(({ trail, configuration: { s3BucketName, kmsKeyId } }) => ({
    trail,
    s3BucketName,
    ...(kmsKeyId !== undefined && { kmsKeyId }),
  }));
  return [...approved, ...seen.flat()];
}

function uses({ s3BucketName, kmsKeyId }: TrailStorage, event: ApiCallEvent): boolean {
  const { bucketName } = event.requestParameters;
  if (typeof bucketName === 'string') return bucketName === s3BucketName;
  const key = kmsKeyId === undefined ? undefined : lastPart(kmsKeyId);
  return key !== undefined && keyNames(event).map(lastPart).includes(key);
}

function keyNames({ requestParameters, resourceArns }: ApiCallEvent): readonly string[] {
  const { keyId } = requestParameters;
  return [...(typeof keyId === 'string' ? [keyId] : []), ...resourceArns];
}

function lastPart(name: string): string {
  return name.split('/').at(-1) ?? name;
}

function resourceOf(event: ApiCallEvent): ResponseRecord['resource'] {
  const { accountId, awsRegion: region } = event;
  const partition = partitionOfRegion(region);
  const place = { accountId, region, partition };
  const { bucketName } = event.requestParameters;
  if (typeof bucketName === 'string' && bucketName !== '') {
    const arn = formatArn({
      partition,
      service: 's3',
      region: '',
      accountId: '',
      resource: bucketName.slice(0, 255),
    });
    return { ...place, arn, type: 'AWS::S3::Bucket' };
  }
  const names = keyNames(event);
  const [name = ''] = names;
  if (name === '') throw new MalformedEventError('detail.requestParameters.keyId');
  const known = names.find(isArn);
  const arn =
    known ??
    formatArn({
      partition,
      service: 'kms',
      region,
      accountId,
      resource: `key/${name.slice(0, 255)}`,
    });
  return { ...place, arn, type: 'AWS::KMS::Key' };
}
