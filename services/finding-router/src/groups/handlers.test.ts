import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { context, sqsRecord } from '@riposte/lambda/testing';
import { alert } from '@riposte/notifications/testing';
import { mockClient } from 'aws-sdk-client-mock';
import { ruleSet } from '../rule-set.ts';

const queue = (name: string) => `https://sqs.eu-west-1.amazonaws.com/123456789012/${name}`;

Object.assign(process.env, {
  RIPOSTE_FUNCTION: 'test',
  RIPOSTE_STAGE: 'dev',
  AWS_REGION: 'eu-west-1',
  ROUTER_TABLE_NAME: 'router',
  ALERTS_TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:alerts',
  QUEUE_URL: queue('queue'),
  DLQ_URL: queue('dlq'),
  WAKE_QUEUE_URL: queue('wake'),
  UPDATES_QUEUE_URL: queue('updates'),
  SNS_QUEUE_URL: queue('sns.fifo'),
  SLACK_QUEUE_URL: queue('slack.fifo'),
  TEAMS_QUEUE_URL: queue('teams.fifo'),
  PAGERDUTY_QUEUE_URL: queue('pagerduty.fifo'),
  WEBHOOK_QUEUE_URL: queue('webhook.fifo'),
});

const dynamo = mockClient(DynamoDBClient);
const sqs = mockClient(SQSClient);

const eventOf = (body: object) => ({ Records: [sqsRecord('m-1', body)] });

beforeEach(() => {
  for (const mock of [dynamo, sqs]) mock.reset();
  dynamo.onAnyCommand().resolves({});
  sqs.onAnyCommand().resolves({});
});

const done = { batchItemFailures: [] };

describe('the functions that tell people', () => {
  it('put an alert into its group, and wake it', async () => {
    const { handler } = await import('../group-alerts/handler.ts');
    const [channel] = ruleSet.channels;
    const notify = { channel: channel?.name, group: { by: [], wait: '1s', interval: '1s' } };
    const body = { kind: 'alert', notify, rule: 'pack/buckets', alert: alert() };
    expect(await handler(eventOf(body), context)).toEqual(done);
    expect(dynamo.commandCalls(UpdateItemCommand)).toHaveLength(1);
    expect(dynamo.commandCalls(PutItemCommand)).toHaveLength(2);
    const { QueueUrl } = sqs.commandCalls(SendMessageCommand)[0]?.args[0].input ?? {};
    expect(QueueUrl).toBe(queue('wake'));
  });

  it('look at the group that was woken', async () => {
    const { handler } = await import('../tell-groups/handler.ts');
    expect(await handler(eventOf({ kind: 'wake', groupKey: 'grp-1' }), context)).toEqual(done);
    expect(dynamo.commandCalls(GetItemCommand)[0]?.args[0].input.Key).toMatchObject({
      pk: { S: 'group#grp-1' },
    });
  });

  it('look at what is due', async () => {
    const { handler } = await import('../tell-due/handler.ts');
    expect(await handler({}, context)).toBe(0);
    expect(dynamo.commandCalls(QueryCommand)[0]?.args[0].input).toMatchObject({
      IndexName: 'byDue',
    });
  });
});

describe('the function that follows tickets', () => {
  it('looks for tickets of each channel that keeps some', async () => {
    const { handler } = await import('../follow-tickets/handler.ts');
    expect(await handler({}, context)).toBe(0);
    const kept = ruleSet.channels.filter(({ type }) => type === 'jira' || type === 'servicenow');
    const asked = dynamo.commandCalls(QueryCommand).map(({ args }) => args[0].input);
    expect(asked.map((query) => query.ExpressionAttributeValues?.[':pk']?.S)).toEqual(
      kept.map(({ name }) => `watched#${name}`),
    );
  });
});

describe('the function that Slack calls', () => {
  it('believes nobody while the rules name no channel in Slack', async () => {
    const { handler } = await import('../acknowledge/handler.ts');
    const refused = { statusCode: 401, body: '' };
    expect(await handler({ headers: {}, body: 'payload={}' }, context)).toMatchObject(refused);
    expect(dynamo.calls()).toEqual([]);
  });
});
