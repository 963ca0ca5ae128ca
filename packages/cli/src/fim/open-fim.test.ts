import { createHash } from 'node:crypto';
import { CloudFormationClient, ListExportsCommand } from '@aws-sdk/client-cloudformation';
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Approval, approvalItem, ledgerLines, trackedItem } from '@riposte/inventory';
import { mockClient } from 'aws-sdk-client-mock';
import { driftedFile, driftedNode, inventoryOfNode, seenAt } from '../testing/fake-fim.ts';
import { caller } from '../testing/fakes.ts';
import { openFim } from './open-fim.ts';

const sts = mockClient(STSClient);
const cloudFormation = mockClient(CloudFormationClient);
const dynamo = mockClient(DynamoDBClient);
const s3 = mockClient(S3Client);
const sqs = mockClient(SQSClient);

const deployed = {
  FimTableName: 'inventories',
  FimDetectorQueueUrl: 'https://sqs.example.com/detector',
  EvidenceBucketName: 'evidence',
};
const exporting = (names: Readonly<Record<string, string>>) =>
  cloudFormation.on(ListExportsCommand).resolves({
    Exports: Object.entries(names).map(([name, Value]) => ({
      Name: `riposte-prod-${name}`,
      Value,
    })),
  });

beforeEach(() => {
  for (const mock of [sts, cloudFormation, dynamo, s3, sqs]) mock.reset();
  sts.on(GetCallerIdentityCommand).resolves({ Account: '123456789012', Arn: caller });
  exporting(deployed);
});

const open = () => openFim({ stage: 'prod', region: 'eu-west-1' });
const tracked = inventoryOfNode();
const approval: Approval = {
  ...{ id: 'fim-1', account: '123456789012', region: 'eu-west-1', node: driftedNode },
  ...{ type: 'AWS:File', prefix: '', versionId: 'v2', by: caller, why: 'change', at: seenAt },
};
const ledger = [driftedFile('/etc/a')];
const bytes = Buffer.from(ledgerLines(ledger));

describe('file integrity monitoring on AWS', () => {
  it('reads inventories from the table, to the end', async () => {
    dynamo
      .on(ScanCommand)
      .resolvesOnce({
        Items: [marshall(trackedItem(tracked))],
        LastEvaluatedKey: marshall({ pk: 'x', sk: 'y' }),
      })
      .resolves({ Items: [marshall({ pk: 'x', sk: 'inventory#new-kind' })] });
    const ports = await open();
    expect(await ports.inventories()).toEqual([tracked]);
    expect(ports).toMatchObject({ caller, stage: 'prod' });
    expect(ports.clock()).toBeInstanceOf(Date);
    await ports.wait(1);
  });

  it('reads one inventory as it stands now', async () => {
    dynamo
      .on(GetItemCommand)
      .resolvesOnce({ Item: marshall(trackedItem(tracked)) })
      .resolves({});
    const ports = await open();
    expect(await ports.inventory(tracked)).toEqual(tracked);
    expect(await ports.inventory(tracked)).toBeUndefined();
  });

  it('keeps approvals for ever, and lists those of a node', async () => {
    dynamo.on(PutItemCommand).resolves({});
    dynamo.on(QueryCommand).resolves({ Items: [marshall(approvalItem(approval))] });
    const ports = await open();
    await ports.approve(approval);
    expect(dynamo.commandCalls(PutItemCommand)[0]?.args[0].input).toMatchObject({
      TableName: 'inventories',
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    expect(await ports.approvals(approval)).toEqual([approval]);
  });

  it('reads ledgers, and none that is not what the detector wrote', async () => {
    s3.on(GetObjectCommand).callsFake(() => ({
      Body: { transformToByteArray: async () => bytes },
    }));
    const ports = await open();
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await ports.ledger({ key: 'l', sha256, entries: 1 })).toEqual(ledger);
    expect(await ports.ledger({ key: 'l' })).toEqual(ledger);
    await expect(ports.ledger({ key: 'l', sha256: 'other' })).rejects.toMatchObject({
      name: 'AwsCallError',
    });
  });

  it('lists the ledgers that were kept, the newest last', async () => {
    const object = (Key: string, hour: number) => ({
      Key,
      LastModified: new Date(Date.UTC(2026, 10, 24, hour)),
    });
    s3.on(ListObjectsV2Command).resolves({
      Contents: [object('l3', 3), object('l1', 1), object('l2', 2)],
    });
    expect((await (await open()).ledgers(tracked, 2)).map(({ key }) => key)).toEqual(['l2', 'l3']);
    expect(s3.commandCalls(ListObjectsV2Command)[0]?.args[0].input.Prefix).toBe(
      `fim/ledgers/123456789012/eu-west-1/${driftedNode}/AWS:File/`,
    );
  });

  it('asks the detector through its queue', async () => {
    sqs.on(SendMessageCommand).resolves({});
    const message = { riposte: 'look', bucket: 'b', key: 'k', reason: 'approval' } as const;
    await (await open()).send(message);
    const { QueueUrl, MessageBody = '' } =
      sqs.commandCalls(SendMessageCommand)[0]?.args[0].input ?? {};
    expect(QueueUrl).toBe('https://sqs.example.com/detector');
    expect(JSON.parse(MessageBody)).toEqual(message);
  });

  it.each([
    [{ EvidenceBucketName: 'evidence' }, 'no file integrity monitoring named prod'],
    [{ FimTableName: 't', FimDetectorQueueUrl: 'q' }, 'no evidence bucket'],
  ])('is nowhere where only %j is exported', async (names, words) => {
    exporting(names);
    await expect(open()).rejects.toThrow(words);
  });
});
