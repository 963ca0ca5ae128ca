import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type DetectorMessage, formatInventoryKey, trackedId } from '@riposte/inventory';
import { QueueRefusedError } from '../errors.ts';
import type { Look, Looks } from './looks.ts';

const mostMessages = 10;

/** `Looks` on SQS, ten a call; the same object once. Needs `sqs:SendMessage`. */
export function lookQueue(queue: SQSClient, QueueUrl: string): Looks {
  return {
    async send(looks) {
      const once = [...new Map(looks.map((look) => [trackedId(look), look])).values()];
      for (let at = 0; at < once.length; at += mostMessages) {
        const Entries = once.slice(at, at + mostMessages).map((look, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify(messageOf(look)),
        }));
        const { Failed = [] } = await queue.send(
          new SendMessageBatchCommand({ QueueUrl, Entries }),
        );
        const [refused] = Failed;
        if (refused) throw new QueueRefusedError(refused.Code ?? 'refused');
      }
    },
  };
}

function messageOf({ bucket, key, reason }: Look): DetectorMessage {
  return { riposte: 'look', bucket, key: formatInventoryKey(key), reason };
}
