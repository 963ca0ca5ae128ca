import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  ListTopicsCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { stageClients } from './clients.ts';
import { functionLogs } from './function-logs.ts';
import { topicMessages } from './topic-messages.ts';

const home = { accountId: '123456789012', region: 'us-east-1' };
const topic = 'arn:aws:sns:us-east-1:123456789012:alerts';
const endpoint = 'http://127.0.0.1:1';

const sns = mockClient(SNSClient);
const sqs = mockClient(SQSClient);
const logs = mockClient(CloudWatchLogsClient);

beforeEach(() => {
  for (const mock of [sns, sqs, logs]) mock.reset();
  sns.on(ListTopicsCommand).resolves({ Topics: [{ TopicArn: topic }] });
  sns.on(SubscribeCommand).resolves({ SubscriptionArn: 'arn:subscription' });
  sqs.on(CreateQueueCommand).resolves({ QueueUrl: `${endpoint}/queue` });
  sqs.on(GetQueueAttributesCommand).resolves({ Attributes: { QueueArn: 'arn:queue' } });
  sqs.on(ReceiveMessageCommand).resolves({});
});

const clients = () => stageClients({ proxy: endpoint, emulator: endpoint });
const notification = (more: object = {}) =>
  JSON.stringify({
    ...{ MessageId: 'm1', TopicArn: topic, Message: 'text' },
    ...{ Timestamp: '2026-01-01T00:00:00.000Z', ...more },
  });

describe('messages of a topic', () => {
  it('are what the queue of the stage got, kept from call to call', async () => {
    const topics = topicMessages(clients());
    await topics.subscribeAll(home);
    await topics.subscribeAll(home);
    const attributes = { kind: { Type: 'String', Value: 'trail-stopped' } };
    sqs
      .on(ReceiveMessageCommand)
      .resolvesOnce({
        Messages: [
          { Body: notification({ Subject: 'again', MessageAttributes: attributes }) },
          { Body: notification({ TopicArn: 'arn:aws:sns:us-east-1:123456789012:other' }) },
        ],
      })
      .resolves({});
    const expected = [
      {
        ...{ id: 'm1', topicArn: topic, subject: 'again', message: 'text' },
        ...{ attributes: { kind: 'trail-stopped' }, sentAt: '2026-01-01T00:00:00.000Z' },
      },
    ];
    expect(await topics.messages(topic)).toEqual(expected);
    expect(await topics.messages(topic)).toEqual(expected);
    expect(sns.commandCalls(SubscribeCommand).map(({ args }) => args[0].input)).toEqual([
      { TopicArn: topic, Protocol: 'sqs', Endpoint: 'arn:queue' },
    ]);
    expect(sqs.commandCalls(CreateQueueCommand)).toHaveLength(1);
    expect(sqs.commandCalls(DeleteMessageBatchCommand)).toHaveLength(1);
  });

  it('may have neither subject nor attributes', async () => {
    sqs
      .on(ReceiveMessageCommand)
      .resolvesOnce({ Messages: [{ Body: notification() }] })
      .resolves({});
    const [message] = await topicMessages(clients()).messages(topic);
    expect(message).toMatchObject({ attributes: {} });
    expect(message).not.toHaveProperty('subject');
  });

  it('can be asked for again after a failure', async () => {
    const topics = topicMessages(clients());
    sqs.on(ReceiveMessageCommand).rejectsOnce('gone').resolves({});
    await expect(topics.messages(topic)).rejects.toThrow('gone');
    await expect(topics.messages(topic)).resolves.toEqual([]);
  });

  it('end with the subscription', async () => {
    const topics = topicMessages(clients());
    await topics.unsubscribe(topic);
    expect(sns.commandCalls(UnsubscribeCommand)).toHaveLength(0);
    await topics.messages(topic);
    await topics.unsubscribe(topic);
    expect(sns.commandCalls(UnsubscribeCommand)[0]?.args[0].input).toEqual({
      SubscriptionArn: 'arn:subscription',
    });
  });
});

describe("a function's logs", () => {
  it('are read page by page', async () => {
    const line = { timestamp: 0, message: 'hello', logStreamName: 's' };
    logs
      .on(FilterLogEventsCommand)
      .resolvesOnce({ events: [line], nextToken: 'more' })
      .resolves({});
    expect(await functionLogs(clients(), 'restart', home)).toEqual([
      { time: '1970-01-01T00:00:00.000Z', message: 'hello', stream: 's' },
    ]);
  });

  it('are none where it never ran', async () => {
    logs
      .on(FilterLogEventsCommand)
      .rejects(new ResourceNotFoundException({ message: 'none', $metadata: {} }));
    expect(await functionLogs(clients(), 'restart', home)).toEqual([]);
  });

  it('fail where they cannot be read', async () => {
    logs.on(FilterLogEventsCommand).rejects('broken');
    await expect(functionLogs(clients(), 'restart', home)).rejects.toThrow('broken');
  });
});
