import { createHash } from 'node:crypto';
import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { evidenceKey, evidenceText } from '../evidence-object.ts';
import { storedForm } from '../stored-form.ts';
import { responseRecord } from '../testing/samples.ts';
import { outboxPorts } from './outbox-ports.ts';

const s3 = mockClient(S3Client);
const eventBridge = mockClient(EventBridgeClient);
const sns = mockClient(SNSClient);
const dynamo = mockClient(DynamoDBClient);
const ports = outboxPorts({
  s3: new S3Client({}),
  bucketName: 'evidence',
  eventBridge: new EventBridgeClient({}),
  eventBusName: 'riposte',
  sns: new SNSClient({}),
  topicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts',
  dynamo: new DynamoDBClient({}),
  tableName: 'state',
});

const record = responseRecord();
const key = evidenceKey(record);
const digest = createHash('sha256').update(evidenceText(record)).digest('hex');
const pointer = { bucket: 'evidence', key, sha256: digest };

beforeEach(() => {
  for (const mock of [s3, eventBridge, sns, dynamo]) mock.reset();
});

describe('the evidence bucket', () => {
  it('gets the record once, readable, with its checksum', async () => {
    s3.on(PutObjectCommand).resolves({ VersionId: 'v1' });
    expect(await ports.evidence.putOnce(key, record)).toEqual({
      isNew: true,
      pointer: { ...pointer, versionId: 'v1' },
    });
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toEqual({
      Bucket: 'evidence',
      Key: key,
      Body: evidenceText(record),
      ContentType: 'application/json',
      IfNoneMatch: '*',
      ChecksumAlgorithm: 'SHA256',
    });
  });

  it('says that the record was there before', async () => {
    const there = { name: 'PreconditionFailed', $fault: 'client', $metadata: {} } as const;
    s3.on(PutObjectCommand).rejects(new S3ServiceException(there));
    expect(await ports.evidence.putOnce(key, record)).toEqual({ isNew: false, pointer });
  });

  it('lets other errors through', async () => {
    const denied = { name: 'AccessDenied', $fault: 'client', $metadata: {} } as const;
    s3.on(PutObjectCommand)
      .rejectsOnce(new S3ServiceException(denied))
      .rejects(new Error('socket'));
    await expect(ports.evidence.putOnce(key, record)).rejects.toThrow(S3ServiceException);
    await expect(ports.evidence.putOnce(key, record)).rejects.toThrow('socket');
  });

  it('gets all of a record of which the table holds a summary, as the summary says', async () => {
    s3.on(PutObjectCommand).resolves({});
    const { record: summary, wholeText = '' } = storedForm(
      responseRecord({ before: 'x'.repeat(500_000) }),
    );
    const bytes = Buffer.from(wholeText);
    dynamo.on(GetItemCommand).callsFake(({ Key }) => {
      const chunk = Number(String(Key.sk.S).split('#')[2]);
      return { Item: { chunk: { B: bytes.subarray(chunk * 300_000, (chunk + 1) * 300_000) } } };
    });
    await ports.evidence.putOnce(key, summary);
    const body = String(s3.commandCalls(PutObjectCommand)[0]?.args[0].input.Body);
    expect(body).toBe(wholeText);
    expect(createHash('sha256').update(body).digest('hex')).toBe(summary.whole?.sha256);
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input.Key).toBe(
      summary.whole?.evidenceKey,
    );
  });
});

describe('the bus', () => {
  it('gets the record without its message, and where its evidence lies', async () => {
    eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
    await ports.bus.send(record, pointer);
    const [entry] = eventBridge.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries ?? [];
    expect(entry).toMatchObject({
      EventBusName: 'riposte',
      Source: 'riposte.responses',
      DetailType: 'Response Recorded',
      Resources: [record.resource.arn],
    });
    const { message: _, ...detail } = record;
    expect(JSON.parse(entry?.Detail ?? '')).toEqual({ ...detail, evidence: pointer });
  });

  it('is said not to have taken an entry that failed', async () => {
    eventBridge
      .on(PutEventsCommand)
      .resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] });
    await expect(ports.bus.send(record, pointer)).rejects.toMatchObject({
      name: 'DeliveryError',
      channel: 'bus',
      cause: 'ThrottlingException',
    });
  });
});

describe('people', () => {
  it('get the message, with attributes for filters', async () => {
    sns.on(PublishCommand).resolves({});
    await ports.messages.send(record);
    expect(sns.commandCalls(PublishCommand)[0]?.args[0].input).toEqual({
      TopicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts',
      Subject: '[riposte] trail main records again',
      Message: 'The trail main was stopped and records again.',
      MessageAttributes: {
        kind: { DataType: 'String', StringValue: 'trail-stopped' },
        status: { DataType: 'String', StringValue: 'verified' },
      },
    });
  });

  it('get nothing where there is nothing to say', async () => {
    const { message: _, ...silent } = record;
    await ports.messages.send(silent);
    expect(sns.calls()).toHaveLength(0);
  });
});

describe('marks', () => {
  const marksKey = { pk: { S: 'record#inc-1' }, sk: { S: 'sent#0012' } };

  it('are read consistently; what is no channel is passed over', async () => {
    dynamo
      .on(GetItemCommand)
      .resolves({ Item: { channels: { SS: ['bus', 'pigeon', 'message'] } } });
    expect(await ports.marks.sent('inc-1', 12)).toEqual(['bus', 'message']);
    expect(dynamo.commandCalls(GetItemCommand)[0]?.args[0].input).toEqual({
      TableName: 'state',
      Key: marksKey,
      ConsistentRead: true,
    });
  });

  it('are none where nothing was marked', async () => {
    dynamo.on(GetItemCommand).resolves({});
    expect(await ports.marks.sent('inc-1', 12)).toEqual([]);
  });

  it('are added to those that stand', async () => {
    dynamo.on(UpdateItemCommand).resolves({});
    await ports.marks.mark('inc-1', 12, ['bus']);
    expect(dynamo.commandCalls(UpdateItemCommand)[0]?.args[0].input).toMatchObject({
      Key: marksKey,
      UpdateExpression: 'ADD channels :channels',
      ExpressionAttributeValues: { ':channels': { SS: ['bus'] } },
    });
  });

  it('cost no call where nothing was sent', async () => {
    await ports.marks.mark('inc-1', 12, []);
    expect(dynamo.calls()).toHaveLength(0);
  });
});
