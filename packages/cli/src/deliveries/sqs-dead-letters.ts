import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  type Message,
  paginateListQueues,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { DeadLetterQueue, DeliveriesPorts, HeldMessage } from './ports.ts';
import { functionOfQueue, queuePrefix } from './router-queues.ts';

const hiddenSeconds = 600;
const mostAtOnce = 10;

/** The dead-letter queues of a stage's finding router, on SQS. */
export function sqsDeadLetters(
  client: SQSClient,
  stage: string,
): Pick<DeliveriesPorts, 'queues' | 'receive' | 'release' | 'remove' | 'send'> {
  const urls = new Map<string, string | undefined>();

  async function urlOf(queue: string): Promise<string | undefined> {
    if (!urls.has(queue)) {
      const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: queue }));
      urls.set(queue, QueueUrl);
    }
    return urls.get(queue);
  }

  return {
    async queues() {
      const found: DeadLetterQueue[] = [];
      const asked = { QueueNamePrefix: queuePrefix(stage), MaxResults: 1_000 };
      for await (const { QueueUrls = [] } of paginateListQueues({ client }, asked)) {
        for (const url of QueueUrls) {
          const name = url.slice(url.lastIndexOf('/') + 1);
          const owner = functionOfQueue(stage, name);
          if (owner !== undefined) found.push({ name, url, function: owner });
        }
      }
      return found.toSorted((one, other) => (one.name < other.name ? -1 : 1));
    },
    async receive({ url }) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: mostAtOnce,
          VisibilityTimeout: hiddenSeconds,
          // Asks all servers of SQS: a short look may miss what is there.
          WaitTimeSeconds: 1,
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        }),
      );
      return Messages.map(heldMessage);
    },
    async release({ url }, messages) {
      for (let at = 0; at < messages.length; at += mostAtOnce) {
        const some = messages.slice(at, at + mostAtOnce);
        const Entries = some.map(({ receiptHandle }, index) => ({
          Id: `${index}`,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: 0,
        }));
        await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }));
      }
    },
    async remove({ url }, { receiptHandle }) {
      await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receiptHandle }));
    },
    async send({ queue, body, group, deduplication }) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: await urlOf(queue),
          MessageBody: body,
          ...(group !== undefined && { MessageGroupId: group }),
          ...(deduplication !== undefined && { MessageDeduplicationId: deduplication }),
        }),
      );
    },
  };
}

function heldMessage({
  MessageId = '',
  ReceiptHandle = '',
  Body = '',
  Attributes = {},
  MessageAttributes = {},
}: Message): HeldMessage {
  const { SentTimestamp, MessageGroupId, DeadLetterQueueSourceArn: source } = Attributes;
  const named = Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [
    name,
    StringValue,
  ]);
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    sentAt: new Date(Number(SentTimestamp ?? 0)).toISOString(),
    ...(MessageGroupId !== undefined && { group: MessageGroupId }),
    ...(source !== undefined && { movedFrom: source.slice(source.lastIndexOf(':') + 1) }),
    attributes: Object.fromEntries(named),
  };
}
