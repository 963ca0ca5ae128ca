import { describe, expect, it } from '@jest/globals';
import { parseGuardDutyFinding } from './index.ts';
import { findingId, guardDutyFinding } from './testing/samples.ts';
import { thrownBy } from './testing/thrown-by.ts';

/** The finding with members named as the API names them. */
function pascal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pascal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [
      key.charAt(0).toUpperCase() + key.slice(1),
      pascal(held),
    ]),
  );
}

function resourcesOf(resource: unknown, service?: unknown) {
  return parseGuardDutyFinding(guardDutyFinding({ resource, service })).resources;
}

describe('parseGuardDutyFinding', () => {
  it('reads what the finding says, and keeps the finding', () => {
    const raw = guardDutyFinding();
    const finding = parseGuardDutyFinding(raw);
    expect(finding).toEqual({
      format: 'guardduty',
      id: findingId,
      productArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
      productName: 'GuardDuty',
      generatorId:
        'arn:aws:guardduty:eu-west-1:123456789012:detector/12abc34d567e8fa901bc2d34e56789f0',
      accountId: '123456789012',
      region: 'eu-west-1',
      partition: 'aws',
      title: 'AWS CloudTrail trail main was disabled.',
      description: 'AWS CloudTrail trail main was disabled by mallory calling StopLogging.',
      types: ['Stealth:IAMUser/CloudTrailLoggingDisabled'],
      severity: 'low',
      resources: [{ id: 'AKIAEXAMPLE', type: 'AccessKey', tags: {} }],
      productFields: {},
      createdAt: '2026-11-24T03:03:00.000Z',
      updatedAt: '2026-11-24T03:03:00.000Z',
      raw,
    });
    expect(finding.raw).toBe(raw);
  });

  it('reads the API’s spelling of the same finding alike', () => {
    const { raw: _, ...fromEvent } = parseGuardDutyFinding(guardDutyFinding());
    const { raw, ...fromApi } = parseGuardDutyFinding(pascal(guardDutyFinding()));
    expect(fromApi).toEqual(fromEvent);
    expect(raw).toHaveProperty('AccountId');
  });

  it('does without an ARN, a title and a partition', () => {
    const bare = guardDutyFinding({
      arn: undefined,
      title: undefined,
      partition: undefined,
      region: 'cn-north-1',
    });
    const finding = parseGuardDutyFinding(bare);
    expect(finding).toMatchObject({
      id: 'f1',
      title: 'Stealth:IAMUser/CloudTrailLoggingDisabled',
      partition: 'aws-cn',
      productArn: 'arn:aws-cn:securityhub:cn-north-1::product/aws/guardduty',
    });
    expect(finding).not.toHaveProperty('generatorId');
  });

  it('reads a severity that is text', () => {
    expect(parseGuardDutyFinding(guardDutyFinding({ severity: '8.5' })).severity).toBe('high');
  });

  it.each([
    ['an instance', { instanceDetails: { instanceId: 'i-1', imageId: 'ami-1' } }, ['i-1']],
    [
      'buckets and the key that was used',
      {
        accessKeyDetails: { accessKeyId: 'AKIAEXAMPLE' },
        s3BucketDetails: [{ arn: 'arn:aws:s3:::a', name: 'a' }, { name: 'b' }],
      },
      ['AKIAEXAMPLE', 'arn:aws:s3:::a', 'b'],
    ],
    [
      'a database and a shard group',
      {
        rdsDbInstanceDetails: { dbInstanceIdentifier: 'db', dbInstanceArn: 'arn:aws:rds:db' },
        rdsDbUserDetails: { user: 'root' },
        rdsLimitlessDbDetails: { dbShardGroupIdentifier: 'shards' },
      },
      ['arn:aws:rds:db', 'shards'],
    ],
    [
      'a cluster, its workload and container',
      {
        eksClusterDetails: { name: 'c', arn: 'arn:aws:eks:c' },
        kubernetesDetails: {
          kubernetesUserDetails: { username: 'system:anonymous' },
          kubernetesWorkloadDetails: { name: 'pod', type: 'pods' },
        },
        containerDetails: { id: 'docker://1', name: 'web' },
      },
      ['arn:aws:eks:c', 'pod', 'web'],
    ],
    [
      'scanned and skipped volumes',
      {
        ebsVolumeDetails: {
          scannedVolumeDetails: [{ volumeArn: 'v1' }, { volumeArn: 'v2' }],
          skippedVolumeDetails: [{ volumeArn: 'v3' }],
        },
      },
      ['v1', 'v2', 'v3'],
    ],
    [
      'a function, a snapshot, an image, a backup, a guardrail',
      {
        lambdaDetails: { functionArn: 'f', functionName: 'n' },
        ebsSnapshotDetails: { snapshotArn: 's' },
        ec2ImageDetails: { imageArn: 'i' },
        recoveryPointDetails: { recoveryPointArn: 'r' },
        bedrockGuardrailDetails: { guardrailArn: 'g' },
      },
      ['f', 's', 'i', 'r', 'g'],
    ],
    ['the same twice', { a: { arn: 'x' }, b: { arn: 'x' } }, ['x']],
    ['nothing by name', { instanceDetails: null, other: { size: 5 }, list: [1] }, []],
  ])('finds %s', (_what, details, ids) => {
    const found = resourcesOf({ resourceType: 'Some', ...details });
    expect(found.map(({ id }) => id)).toEqual(ids);
    expect(found.every(({ type }) => type === 'Some')).toBe(true);
    expect(resourcesOf(pascal({ resourceType: 'Some', ...details })).map(({ id }) => id)).toEqual(
      ids,
    );
  });

  it('finds every resource of an attack sequence', () => {
    const sequence = {
      uid: 'seq',
      resources: [
        {
          uid: 'arn:aws:s3:::a',
          name: 'a',
          resourceType: 'S3_BUCKET',
          region: 'eu-west-1',
          cloudPartition: 'aws',
          tags: [{ key: 'team', value: 'blue' }, { key: '' }],
        },
        { uid: 'AKIAEXAMPLE', resourceType: 'ACCESS_KEY' },
        { name: 'unnamed' },
        { resourceType: 'EC2_INSTANCE' },
      ],
    };
    const service = { detection: { sequence } };
    expect(resourcesOf({ resourceType: 'AttackSequence' }, service)).toEqual([
      {
        id: 'arn:aws:s3:::a',
        type: 'S3_BUCKET',
        region: 'eu-west-1',
        partition: 'aws',
        tags: { team: 'blue' },
      },
      { id: 'AKIAEXAMPLE', type: 'ACCESS_KEY', tags: {} },
      { id: 'unnamed', tags: {} },
    ]);
  });

  it.each([undefined, null, 'text', 7])('finds nothing in the resource %p', (resource) => {
    expect(resourcesOf(resource, { detection: { sequence: { resources: resource } } })).toEqual([]);
  });

  it.each([
    ['id', { id: undefined }],
    ['id', { id: '' }],
    ['accountId', { accountId: '1234567891234' }],
    ['region', { region: undefined }],
    ['type', { type: 5 }],
    ['severity', { severity: undefined }],
    ['severity', { severity: 'high' }],
  ])('rejects a finding that is wrong at %s', (path, changes) => {
    expect(thrownBy(() => parseGuardDutyFinding(guardDutyFinding(changes)))).toMatchObject({
      name: 'MalformedFindingError',
      path,
    });
  });

  it('names the path as the document spells it', () => {
    const raw = pascal(guardDutyFinding({ accountId: 'x' }));
    expect(thrownBy(() => parseGuardDutyFinding(raw))).toMatchObject({ path: 'AccountId' });
  });

  it.each([undefined, null, 'text', 7, []])('rejects %p, which is no finding', (input) => {
    expect(thrownBy(() => parseGuardDutyFinding(input))).toMatchObject({ path: '(root)' });
  });
});
