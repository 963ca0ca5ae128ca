import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { openDeliveries } from './open-deliveries.ts';

const sqs = mockClient(SQSClient);
const sts = mockClient(STSClient);
const url =
  'https://sqs.eu-west-1.amazonaws.com/123456789012/riposte-finding-router-prod-route-dlq';
const queue = { name: 'riposte-finding-router-prod-route-dlq', url, function: 'route' };
const open = () => openDeliveries({ stage: 'prod', region: 'eu-west-1' });

beforeEach(() => {
  sqs.reset();
  sts.reset();
  sts.on(GetCallerIdentityCommand).resolves({ Account: '123456789012', Arn: 'arn' });
});

describe('dead letters on SQS', () => {
  it('are found by the names of their queues, page by page', async () => {
    sqs
      .on(ListQueuesCommand)
      .resolvesOnce({ QueueUrls: [url, url.replace('-dlq', '')], NextToken: 'n' })
      .resolves({ QueueUrls: [url.replace('prod-route', 'prod-act')] });
    const ports = await open();
    expect(await ports.queues()).toEqual([
      {
        name: 'riposte-finding-router-prod-act-dlq',
        url: url.replace('prod-route', 'prod-act'),
        function: 'act',
      },
      queue,
    ]);
    expect(sqs.commandCalls(ListQueuesCommand)[0]?.args[0].input).toMatchObject({
      QueueNamePrefix: 'riposte-finding-router-prod-',
    });
    expect(ports.clock()).toBeInstanceOf(Date);
  });

  it('are none where the router is not deployed', async () => {
    sqs.on(ListQueuesCommand).resolves({});
    await expect((await open()).queues()).rejects.toMatchObject({ name: 'NotDeployedError' });
  });

  it('come with what SQS and EventBridge say of them', async () => {
    sqs.on(ReceiveMessageCommand).resolves({
      Messages: [
        {
          MessageId: 'm',
          ReceiptHandle: 'r',
          Body: '{}',
          Attributes: {
            SentTimestamp: '1790000000000',
            MessageGroupId: 'g',
            DeadLetterQueueSourceArn:
              'arn:aws:sqs:eu-west-1:123456789012:riposte-finding-router-prod-jira.fifo',
          },
          MessageAttributes: { ERROR_CODE: { DataType: 'String', StringValue: 'NO_PERMISSIONS' } },
        },
      ],
    });
    expect(await (await open()).receive(queue)).toEqual([
      {
        messageId: 'm',
        receiptHandle: 'r',
        body: '{}',
        sentAt: '2026-09-21T14:13:20.000Z',
        group: 'g',
        movedFrom: 'riposte-finding-router-prod-jira.fifo',
        attributes: { ERROR_CODE: 'NO_PERMISSIONS' },
      },
    ]);
    sqs.on(ReceiveMessageCommand).resolves({ Messages: [{}] });
    expect(await (await open()).receive(queue)).toMatchObject([{ body: '', attributes: {} }]);
  });

  it('are released ten at a time, removed, and sent in order', async () => {
    sqs.on(GetQueueUrlCommand).resolves({ QueueUrl: 'https://sqs/jira.fifo' });
    const ports = await open();
    const held = { messageId: 'm', receiptHandle: 'r', body: '', sentAt: '', attributes: {} };
    await ports.release(queue, new Array(11).fill(held));
    expect(sqs.commandCalls(ChangeMessageVisibilityBatchCommand)).toHaveLength(2);
    await ports.remove(queue, held);
    expect(sqs.commandCalls(DeleteMessageCommand)[0]?.args[0].input).toEqual({
      QueueUrl: url,
      ReceiptHandle: 'r',
    });
    await ports.send({ queue: 'jira.fifo', body: 'b', group: 'g', deduplication: 'd' });
    await ports.send({ queue: 'jira.fifo', body: 'c' });
    expect(sqs.commandCalls(GetQueueUrlCommand)).toHaveLength(1);
    expect(sqs.commandCalls(SendMessageCommand).map(({ args }) => args[0].input)).toEqual([
      {
        QueueUrl: 'https://sqs/jira.fifo',
        MessageBody: 'b',
        MessageGroupId: 'g',
        MessageDeduplicationId: 'd',
      },
      { QueueUrl: 'https://sqs/jira.fifo', MessageBody: 'c' },
    ]);
  });
});
