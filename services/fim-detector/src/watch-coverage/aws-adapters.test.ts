import {
  GetBucketNotificationConfigurationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  DescribeInstanceAssociationsStatusCommand,
  DescribeInstanceInformationCommand,
  ListResourceDataSyncCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { formatInventoryKey } from '@riposte/inventory';
import { mockClient } from 'aws-sdk-client-mock';
import { deadLetterDepth } from './dead-letter-depth.ts';
import { lookQueue } from './look-queue.ts';
import { s3Bucket, s3Objects } from './s3-bucket.ts';
import { s3NodeStatuses } from './s3-node-statuses.ts';
import { ssmNodes } from './ssm-nodes.ts';
import { ssmSyncs } from './ssm-syncs.ts';
import { bucket, nodeA, nodeB, region, tracked } from './testing/watch-world.ts';
import type { ManagedNode } from './watch-nodes.ts';

const s3 = mockClient(S3Client);
const ssm = mockClient(SSMClient);
const sqs = mockClient(SQSClient);
const s3Client = new S3Client({ region });
const ssmClient = new SSMClient({ region });
const sqsClient = new SQSClient({ region });
const at = new Date('2026-11-24T12:00:00.000Z');
const { key } = tracked(nodeA, 0);
/** A body of S3, as far as it is read. */
const body = (text: string) =>
  Object.assign(new Blob([text]).stream(), { transformToString: async () => text });

beforeEach(() => {
  s3.reset();
  ssm.reset();
  sqs.reset();
});

describe('ssmNodes', () => {
  it('lists nodes page by page, with whether an association of theirs failed or was skipped', async () => {
    const overview = (counts: Record<string, number>) => ({
      AssociationOverview: { InstanceAssociationStatusAggregatedCount: counts },
    });
    ssm
      .on(DescribeInstanceInformationCommand)
      .resolvesOnce({
        InstanceInformationList: [
          {
            InstanceId: nodeA,
            PingStatus: 'Online',
            LastPingDateTime: at,
            ...overview({ Success: 1 }),
          },
        ],
        NextToken: 'more',
      })
      .resolves({
        InstanceInformationList: [
          { InstanceId: nodeB, PingStatus: 'ConnectionLost', ...overview({ Skipped: 1 }) },
          { InstanceId: 'mi-0123456789abcdef0', AssociationStatus: 'Failed' },
        ],
      });
    const nodes: ManagedNode[] = [];
    for await (const page of ssmNodes(ssmClient).pages()) nodes.push(...page);
    expect(nodes).toEqual([
      { node: nodeA, ping: 'Online', lastPingAt: at.toISOString(), hasFailures: false },
      { node: nodeB, ping: 'ConnectionLost', hasFailures: true },
      { node: 'mi-0123456789abcdef0', ping: 'unknown', hasFailures: true },
    ]);
  });

  it('finds the inventory associations of a node that failed or were skipped, and no others', async () => {
    const one = { AssociationId: 'a', Name: 'AWS-GatherSoftwareInventory' };
    ssm.on(DescribeInstanceAssociationsStatusCommand).resolves({
      InstanceAssociationStatusInfos: [
        { ...one, Status: 'Success' },
        { ...one, Status: 'Failed', ErrorCode: 'E1', ExecutionSummary: 'no', ExecutionDate: at },
        { ...one, Status: 'Success', DetailedStatus: 'Skipped' },
        { ...one, Name: 'AWS-UpdateSSMAgent', Status: 'Failed' },
        {
          ...one,
          Name: `arn:aws:ssm:${region}::document/AWS-GatherSoftwareInventory`,
          Status: 'Failed',
        },
      ],
    });
    const failed = await ssmNodes(ssmClient).failedAssociations(nodeA);
    expect(failed.map(({ status, detail }) => [status, detail])).toEqual([
      ['Failed', 'E1: no'],
      ['Skipped', 'not said'],
      ['Failed', 'not said'],
    ]);
    expect(failed[0]?.at).toBe(at.toISOString());
  });
});

describe('ssmSyncs', () => {
  it('lists syncs with their last status', async () => {
    ssm.on(ListResourceDataSyncCommand).resolves({
      ResourceDataSyncItems: [
        {
          SyncName: 'riposte',
          S3Destination: { BucketName: bucket, SyncFormat: 'JsonSerDe', Region: region },
          LastStatus: 'Failed',
          LastSyncStatusMessage: 'access denied',
          LastSuccessfulSyncTime: at,
        },
        { SyncName: 'from-others', SyncType: 'SyncFromSource' },
      ],
    });
    expect(await ssmSyncs(ssmClient).list()).toEqual([
      {
        ...{ name: 'riposte', bucket, status: 'Failed', message: 'access denied' },
        lastSuccessAt: at.toISOString(),
      },
      { name: 'from-others', bucket: '', status: 'unknown' },
    ]);
  });
});

describe('s3Bucket', () => {
  it.each([
    [{ EventBridgeConfiguration: {} }, true],
    [{ QueueConfigurations: [{ QueueArn: 'arn', Events: ['s3:ObjectCreated:*' as const] }] }, true],
    [{}, false],
  ])('reads from %j whether anybody is told', async (configuration, expected) => {
    s3.on(GetBucketNotificationConfigurationCommand).resolves(configuration);
    expect(await s3Bucket(s3Client, bucket).notifies()).toBe(expected);
  });

  it('reads whether versions are kept', async () => {
    s3.on(GetBucketVersioningCommand).resolvesOnce({ Status: 'Enabled' }).resolves({});
    const { versioning } = s3Bucket(s3Client, bucket);
    expect([await versioning(), await versioning()]).toEqual(['Enabled', undefined]);
  });
});

describe('s3Objects', () => {
  it('lists inventories of nodes after a key; all else in the bucket is left out', async () => {
    const Key = formatInventoryKey(key);
    s3.on(ListObjectsV2Command)
      .resolvesOnce({
        Contents: [
          { Key: 'AWS:File/accountid=1/test.json', LastModified: at },
          { Key, LastModified: at },
        ],
        IsTruncated: true,
      })
      .resolves({});
    const { page } = s3Objects(s3Client, bucket);
    expect(await page('', '')).toEqual({
      objects: [{ key, storedAt: at.toISOString() }],
      next: Key,
    });
    expect(await page('', Key)).toEqual({ objects: [] });
    expect(s3.commandCalls(ListObjectsV2Command)[1]?.args[0].input.StartAfter).toBe(Key);
  });
});

describe('s3NodeStatuses', () => {
  const { read } = s3NodeStatuses(s3Client);

  it('reads the status of a node from its own inventory, whoever’s account it is in', async () => {
    s3.on(GetObjectCommand).callsFake(() => ({
      Body: body('{"InstanceStatus":"Terminated","AgentVersion":"3"}\n'),
    }));
    expect(await read({ bucket, key })).toEqual({ status: 'Terminated' });
    expect(s3.commandCalls(GetObjectCommand)[0]?.args[0].input.Key).toBe(
      formatInventoryKey({ ...key, type: 'AWS:InstanceInformation' }),
    );
  });

  it.each(['', '{', '{}', 'null'])('knows none from %j', async (text) => {
    s3.on(GetObjectCommand).callsFake(() => ({ Body: body(text) }));
    expect(await read({ bucket, key })).toBeUndefined();
  });

  it('knows none where there is none, or an empty one; all else is an error', async () => {
    s3.on(GetObjectCommand)
      .rejectsOnce(new NoSuchKey({ $metadata: {}, message: 'no' }))
      .rejectsOnce(Object.assign(new Error('no'), { name: 'InvalidRange' }))
      .rejects(Object.assign(new Error('denied'), { name: 'AccessDenied' }));
    expect(await read({ bucket, key })).toBeUndefined();
    expect(await read({ bucket, key })).toBeUndefined();
    await expect(read({ bucket, key })).rejects.toThrow('denied');
  });
});

describe('lookQueue', () => {
  const look = (node: string) => ({ bucket, key: { ...key, node }, reason: 'sweep' as const });

  it('asks for looks, ten a call, each object once', async () => {
    sqs.on(SendMessageBatchCommand).resolves({});
    const nodes = Array.from({ length: 12 }, (_, index) => `i-0123456789abcde${10 + index}`);
    await lookQueue(sqsClient, 'q').send([...nodes, nodeA, nodeA].map(look));
    const calls = sqs.commandCalls(SendMessageBatchCommand).map(({ args: [{ input }] }) => input);
    expect(calls.map(({ Entries }) => Entries?.length)).toEqual([10, 3]);
    expect(JSON.parse(calls[1]?.Entries?.[2]?.MessageBody ?? '')).toEqual({
      riposte: 'look',
      bucket,
      key: formatInventoryKey(key),
      reason: 'sweep',
    });
  });

  it('throws where one was not taken', async () => {
    sqs.on(SendMessageBatchCommand).resolves({
      Failed: [{ Id: '0', SenderFault: false, Code: 'InternalError' }],
    });
    await expect(lookQueue(sqsClient, 'q').send([look(nodeA)])).rejects.toMatchObject({
      name: 'QueueRefusedError',
      retryable: true,
    });
  });
});

describe('deadLetterDepth', () => {
  it('counts what waits for a person (O2)', async () => {
    sqs
      .on(GetQueueAttributesCommand)
      .resolves({ Attributes: { ApproximateNumberOfMessages: '3' } });
    expect(await deadLetterDepth(sqsClient, 'q')).toBe(3);
  });
});
