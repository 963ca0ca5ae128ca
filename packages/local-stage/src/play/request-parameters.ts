import { formatArn, partitionOfRegion } from '@riposte/findings';
import type { AccountRegion } from '../types.ts';
import type { PlayedService } from './types.ts';

type Members = Readonly<Record<string, unknown>>;

/** Members that map names of the caller's choice: their keys stay as they are. */
const maps = new Set(['Tags', 'Variables', 'Attributes']);

/** Names as CloudTrail writes them: the first letter small, all the way down. */
export function lowerCamel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerCamel);
  if (value instanceof Date || value instanceof Uint8Array) return undefined;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      firstLower(key),
      maps.has(key) ? member : lowerCamel(member),
    ]),
  );
}

export function firstLower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** A call's `requestParameters`; S3 spells its own way. */
export function requestParameters(
  service: PlayedService,
  {
    operation,
    input,
    region,
  }: { readonly operation: string; readonly input: Members; readonly region: string },
): unknown {
  return service === 's3' ? s3Parameters(operation, input, region) : lowerCamel(input);
}

function s3Parameters(operation: string, input: Members, region: string): Members {
  const { Bucket: bucket, Policy: policy, Key: key } = input;
  const part = /Bucket(Policy|Lifecycle|Versioning|Encryption|Logging|Acl)/.exec(operation)?.[1];
  return {
    bucketName: bucket,
    Host: `${bucket}.s3.${region}.amazonaws.com`,
    ...(key !== undefined && { key }),
    ...(part && { [part.toLowerCase()]: '' }),
    ...(typeof policy === 'string' && { bucketPolicy: JSON.parse(policy) }),
    ...(input.LifecycleConfiguration !== undefined && {
      LifecycleConfiguration: input.LifecycleConfiguration,
    }),
  };
}

/** The `resources` of a record: buckets and keys are named there. */
export function resourcesOf(
  service: PlayedService,
  input: Members,
  { accountId, region }: AccountRegion,
): readonly Members[] | undefined {
  const partition = partitionOfRegion(region);
  if (service === 's3' && typeof input.Bucket === 'string') {
    const place = { partition, service: 's3', region: '', accountId: '' };
    return [
      { accountId, type: 'AWS::S3::Bucket', ARN: formatArn({ ...place, resource: input.Bucket }) },
    ];
  }
  if (service === 'kms' && typeof input.KeyId === 'string') {
    const arn = input.KeyId.startsWith('arn:')
      ? input.KeyId
      : formatArn({ partition, service, region, accountId, resource: `key/${input.KeyId}` });
    return [{ accountId, type: 'AWS::KMS::Key', ARN: arn }];
  }
  return undefined;
}
