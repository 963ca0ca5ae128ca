import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type ItemTable, itemsByKey } from '../dynamo-items.ts';
import type { Progress } from './progress.ts';

const key = { pk: 'watch', sk: 'progress' };
const text = z.string().exactOptional().catch('');
const stored = z.object({
  gapsAfter: text,
  itemsAfter: text,
  itemsSince: text,
  exceptionsUpTo: text,
});

/** `Progress` as an item of the detector's table. Needs `dynamodb:BatchGetItem` and `dynamodb:UpdateItem`. */
export function dynamoProgress(table: ItemTable): Progress {
  return {
    async read() {
      const [item] = await itemsByKey(table, [key]);
      return stored.safeParse(item).data ?? {};
    },
    async note(changes) {
      const names = Object.keys(changes);
      await table.client.send(
        new UpdateItemCommand({
          TableName: table.tableName,
          Key: marshall(key),
          UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
          ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: marshall(
            Object.fromEntries(Object.entries(changes).map(([name, value]) => [`:${name}`, value])),
          ),
        }),
      );
    },
  };
}
