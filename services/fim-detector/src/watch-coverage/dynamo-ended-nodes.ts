import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type ItemTable, itemsByKey } from '../dynamo-items.ts';
import type { EndedNodes } from './follow-silence.ts';

const partition = 'ended-node';
const text = z.string();
const stored = z.object({ id: text, since: text, toldAt: text, archivedAt: text.exactOptional() });

/** `EndedNodes` in the detector's table. Needs `dynamodb:BatchGetItem` and `dynamodb:PutItem`. */
export function dynamoEndedNodes(table: ItemTable): EndedNodes {
  return {
    async read(ids) {
      const items = await itemsByKey(
        table,
        ids.map((id) => ({ pk: `${partition}#${id}`, sk: partition })),
      );
      return new Map(
        items.flatMap((item) => {
          const { data } = stored.safeParse(item);
          return data ? [[data.id, data] as const] : [];
        }),
      );
    },
    async write(nodes) {
      for (const node of nodes) {
        const item = { pk: `${partition}#${node.id}`, sk: partition, ...node };
        await table.client.send(
          new PutItemCommand({ TableName: table.tableName, Item: marshall(item) }),
        );
      }
    },
  };
}
