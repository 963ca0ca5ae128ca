import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { context, sqsRecord } from '@riposte/lambda/testing';
import { mockClient } from 'aws-sdk-client-mock';
import { notificationBody, ticketCommand } from '../testing/deliver-world.ts';

const topic = 'arn:aws:sns:eu-west-1:123456789012:riposte-foundation-dev-alerts';

Object.assign(process.env, {
  RIPOSTE_FUNCTION: 'test',
  RIPOSTE_STAGE: 'dev',
  AWS_REGION: 'eu-west-1',
  ROUTER_TABLE_NAME: 'router',
  ALERTS_TOPIC_ARN: topic,
  QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/queue.fifo',
  DLQ_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/dlq',
});

const dynamo = mockClient(DynamoDBClient);
const sns = mockClient(SNSClient);
const sqs = mockClient(SQSClient);

const eventOf = (body: object) => ({ Records: [sqsRecord('m-1', body, 'g')] });

const at = () => new Date().toISOString();

beforeEach(() => {
  for (const mock of [dynamo, sns, sqs]) mock.reset();
  dynamo.on(GetItemCommand).resolves({});
});

describe('the functions that deliver', () => {
  it.each(['slack', 'teams', 'pagerduty', 'webhook', 'sns', 'jira', 'servicenow'])(
    'deliver to %s, and put what can never work into their dead-letter queue',
    async (type) => {
      const { handler } = await import(`../deliver-${type}/handler.ts`);
      const isTicket = type === 'jira' || type === 'servicenow';
      const body = isTicket ? { kind: 'ticket', ...ticketCommand() } : notificationBody();
      const event = eventOf({ ...body, channel: 'gone', at: at() });
      expect(await handler(event, context)).toEqual({ batchItemFailures: [] });
      const [letter] = sqs.commandCalls(SendMessageCommand);
      expect(JSON.parse(letter?.args[0].input.MessageBody ?? '{}')).toMatchObject({
        error: { name: 'DeliveryRefusedError', path: 'channel' },
      });
    },
  );

  it("publish to the deployment's own topic, and keep the receipt", async () => {
    sns.on(PublishCommand).resolves({ MessageId: 'sns-1' });
    const { handler } = await import('../deliver-sns/handler.ts');
    const event = eventOf(notificationBody({ channel: 'alerts', at: at() }));
    expect(await handler(event, context)).toEqual({ batchItemFailures: [] });
    expect(sns.commandCalls(PublishCommand)[0]?.args[0].input).toMatchObject({ TopicArn: topic });
    const [kept] = dynamo.commandCalls(TransactWriteItemsCommand);
    expect(kept?.args[0].input.TransactItems).toMatchObject([
      { Put: { TableName: 'router', Item: { reference: { S: 'sns-1' } } } },
      {},
    ]);
  });

  it('hide what has to wait', async () => {
    sns.on(PublishCommand).rejects(Object.assign(new Error('slow'), { name: 'Throttled' }));
    const { handler } = await import('../deliver-sns/handler.ts');
    const event = eventOf(notificationBody({ channel: 'alerts', at: at() }));
    expect(await handler(event, context)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm-1' }],
    });
    const [hidden] = sqs.commandCalls(ChangeMessageVisibilityCommand);
    expect(hidden?.args[0].input.VisibilityTimeout).toBeGreaterThanOrEqual(5);
    expect(dynamo.commandCalls(PutItemCommand)).toHaveLength(1);
  });
});
