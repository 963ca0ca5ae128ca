import { ListTopicsCommand, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { parseArn } from '@riposte/findings';
import * as z from 'zod';
import type { StageClients } from './clients.ts';
import type { AccountRegion, StageMessage } from './types.ts';

/** What subscribers of topics get: the stage subscribes a queue of its own to each. */
export interface TopicMessages {
  /** Subscribes to the topics of an account-Region that are there now. */
  subscribeAll(where: AccountRegion): Promise<void>;
  messages(topicArn: string): Promise<readonly StageMessage[]>;
  unsubscribe(topicArn: string): Promise<void>;
}

interface Queue {
  readonly url: string;
  readonly arn: string;
}

const queueName = 'riposte-stage-messages';

export function topicMessages(clients: Pick<StageClients, 'sns' | 'sqs'>): TopicMessages {
  const subscriptions = new Map<string, string | undefined>();
  const queues = new Map<string, Promise<Queue>>();
  const received: StageMessage[] = [];
  let draining: Promise<void> = Promise.resolve();
  const queueIn = (where: AccountRegion): Promise<Queue> => {
    const key = `${where.accountId}|${where.region}`;
    const queue = queues.get(key) ?? createQueue(clients, where);
    queues.set(key, queue);
    return queue;
  };
  const subscribe = async (topicArn: string): Promise<void> => {
    if (subscriptions.has(topicArn)) return;
    subscriptions.set(topicArn, undefined);
    const where = parseArn(topicArn);
    const { arn } = await queueIn(where);
    const { SubscriptionArn } = await clients
      .sns(where)
      .send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: arn }));
    subscriptions.set(topicArn, SubscriptionArn);
  };
  return {
    async subscribeAll(where) {
      const { Topics: topics = [] } = await clients.sns(where).send(new ListTopicsCommand({}));
      for (const { TopicArn: arn = '' } of topics) await subscribe(arn);
    },
    async messages(topicArn) {
      await subscribe(topicArn);
      const where = parseArn(topicArn);
      const queue = await queueIn(where);
      // One after the other: a message taken by one call would be hidden from another.
      draining = draining
        .catch(() => undefined)
        .then(() => drain(clients, { where, url: queue.url }, received));
      await draining;
      return received.filter((message) => message.topicArn === topicArn);
    },
    async unsubscribe(topicArn) {
      const subscription = subscriptions.get(topicArn);
      if (subscription === undefined) return;
      const command = new UnsubscribeCommand({ SubscriptionArn: subscription });
      await clients.sns(parseArn(topicArn)).send(command);
    },
  };
}

async function createQueue(
  clients: Pick<StageClients, 'sqs'>,
  where: AccountRegion,
): Promise<Queue> {
  const client = clients.sqs(where);
  const { QueueUrl: url = '' } = await client.send(
    new CreateQueueCommand({ QueueName: queueName }),
  );
  const { Attributes: attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
  );
  return { url, arn: attributes.QueueArn ?? '' };
}

async function drain(
  clients: Pick<StageClients, 'sqs'>,
  { where, url }: { readonly where: AccountRegion; readonly url: string },
  received: StageMessage[],
): Promise<void> {
  const client = clients.sqs(where);
  for (;;) {
    const { Messages: messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
    );
    if (messages.length === 0) return;
    received.push(...messages.map(({ Body }) => parseNotification(Body ?? '')));
    const entries = messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: entries }));
  }
}

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
const notification = z.object({
  MessageId: z.string(),
  TopicArn: z.string(),
  Subject: z.string().nullish(),
  Message: z.string(),
  Timestamp: z.string(),
  MessageAttributes: z.record(z.string(), z.object({ Value: z.string() })).nullish(),
});

export function parseNotification(body: string): StageMessage {
  const sent = notification.parse(JSON.parse(body));
  const attributes = Object.entries(sent.MessageAttributes ?? {});
  return {
    id: sent.MessageId,
    topicArn: sent.TopicArn,
    ...(sent.Subject && { subject: sent.Subject }),
    message: sent.Message,
    attributes: Object.fromEntries(attributes.map(([name, { Value }]) => [name, Value])),
    sentAt: sent.Timestamp,
  };
}
