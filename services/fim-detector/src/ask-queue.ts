import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type DetectorMessage, formatInventoryKey } from '@riposte/inventory';
import type { InventoryObject } from './ports.ts';

/** Asks for looks at inventories whose packages have changed, by the detector's own queue. */
export function askQueue(client: SQSClient, QueueUrl: string) {
  return async (objects: readonly InventoryObject[]): Promise<void> => {
    for (const { bucket, key } of objects) {
      const about = { bucket, key: formatInventoryKey(key) };
      const message: DetectorMessage = { riposte: 'look', ...about, reason: 'packages' };
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
    }
  };
}
