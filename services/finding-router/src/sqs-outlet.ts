import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { orderGroup } from '@riposte/notifications';
import { OutletError } from './errors.ts';
import type { Outlet, QueuedMessage, QueueName } from './finding-state.ts';

/** The URLs of the queues, as far as this function sends there. */
export type QueueUrls = Partial<Readonly<Record<QueueName, string>>>;

const mostMessages = 10;
const mostBytes = 1_000_000;

/**
 * `Outlet` on SQS. Queues whose name ends in `.fifo` keep the order of each group, and forget a repeated id within five minutes.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
 */
export function sqsOutlet(client: SQSClient, urls: QueueUrls): Outlet {
  return {
    async send(messages) {
      const byQueue = Map.groupBy(messages, ({ queue }) => queue);
      await Promise.all([...byQueue].map(([queue, some]) => sendTo(queue, some)));
    },
  };

  async function sendTo(queue: QueueName, messages: readonly QueuedMessage[]): Promise<void> {
    const QueueUrl = urls[queue];
    if (QueueUrl === undefined) throw new OutletError(queue, 'this function does not know it');
    const isOrdered = QueueUrl.endsWith('.fifo');
    for (const Entries of batches(messages.map((message) => entryOf(message, isOrdered)))) {
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      const [refused] = Failed;
      if (refused) throw new OutletError(queue, refused.Code ?? 'refused');
    }
  }
}

function entryOf(
  { id, group, body }: QueuedMessage,
  isOrdered: boolean,
): SendMessageBatchRequestEntry {
  return {
    Id: id,
    MessageBody: JSON.stringify(body),
    ...(isOrdered && { MessageGroupId: orderGroup(group), MessageDeduplicationId: id }),
  };
}

/** At most ten messages and a megabyte at once, in their order. A message that was sent before in the same batch is left out. */
function batches(
  entries: readonly SendMessageBatchRequestEntry[],
): readonly SendMessageBatchRequestEntry[][] {
  const all: SendMessageBatchRequestEntry[][] = [];
  let bytes = 0;
  for (const entry of new Map(entries.map((one) => [one.Id, one])).values()) {
    const size = Buffer.byteLength(entry.MessageBody ?? '');
    const last = all.at(-1);
    if (!last || last.length === mostMessages || bytes + size > mostBytes) {
      all.push([entry]);
      bytes = size;
    } else {
      last.push(entry);
      bytes += size;
    }
  }
  return all;
}
