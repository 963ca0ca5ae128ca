import { readFileSync } from 'node:fs';
import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';

const topic = 'arn:aws:sns:eu-west-1:123456789012:riposte-foundation-dev-alerts';

Object.assign(process.env, {
  RIPOSTE_FUNCTION: 'outbox',
  AWS_REGION: 'eu-west-1',
  STATE_TABLE_NAME: 'state',
  EVIDENCE_BUCKET_NAME: 'evidence',
  EVENT_BUS_NAME: 'bus',
  ALERTS_TOPIC_ARN: topic,
  DLQ_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/dlq',
});

const s3 = mockClient(S3Client);
const events = mockClient(EventBridgeClient);
const sns = mockClient(SNSClient);
const sqs = mockClient(SQSClient);
const dynamo = mockClient(DynamoDBClient);

const { handler } = await import('./handler.ts');

const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'riposte-foundation-dev-outbox',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:outbox',
  memoryLimitInMB: '512',
  awsRequestId: 'r-1',
  logGroupName: '',
  logStreamName: '',
  getRemainingTimeInMillis: () => 60_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

const sample = JSON.parse(
  readFileSync(new URL('../../events/outbox.json', import.meta.url), 'utf8'),
);

beforeEach(() => {
  for (const mock of [s3, events, sns, sqs, dynamo]) mock.reset();
  s3.on(PutObjectCommand).resolves({});
  events.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  sns.on(PublishCommand).resolves({});
  sqs.on(SendMessageCommand).resolves({});
  dynamo.on(GetItemCommand).resolves({});
  dynamo.on(UpdateItemCommand).resolves({});
});

describe('the outbox', () => {
  it('writes the evidence once, sends the event, and tells people', async () => {
    await handler(sample, context);
    expect(s3.commandCalls(PutObjectCommand).map(({ args }) => args[0].input)).toEqual([
      expect.objectContaining({
        Bucket: 'evidence',
        Key: 'responses/cloudtrail-guard/2026/11/24/inc-0123456789abcdef0123/0001.json',
        IfNoneMatch: '*',
      }),
    ]);
    expect(events.commandCalls(PutEventsCommand)).toHaveLength(1);
    expect(sns.commandCalls(PublishCommand).map(({ args }) => args[0].input)).toEqual([
      expect.objectContaining({ TopicArn: topic, Message: expect.stringContaining('main') }),
    ]);
  });

  it('sends nothing twice of what a pass before it has marked as sent', async () => {
    const there = { name: 'PreconditionFailed', $fault: 'client', $metadata: {} } as const;
    s3.on(PutObjectCommand).rejects(new S3ServiceException(there));
    dynamo.on(GetItemCommand).resolves({ Item: { channels: { SS: ['bus', 'message'] } } });
    await handler(sample, context);
    expect(events.calls()).toHaveLength(0);
    expect(sns.calls()).toHaveLength(0);
  });

  it('throws where a channel fails, so that the stream tries again', async () => {
    sns.on(PublishCommand).rejects(new Error('the topic is away'));
    await expect(handler(sample, context)).rejects.toMatchObject({ name: 'DeliveryError' });
  });

  it('puts an item that is no record into its dead-letter queue, with the reason', async () => {
    const [record] = structuredClone(sample).Records;
    record.dynamodb.NewImage.record = { M: {} };
    await handler({ Records: [record] }, context);
    const [letter] = sqs.commandCalls(SendMessageCommand);
    expect(JSON.parse(letter?.args[0].input.MessageBody ?? '{}').error).toMatchObject({
      name: 'UnreadableRecordError',
      path: 'schemaVersion',
    });
  });
});
