import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { digest } from '../digest.ts';
import type { History } from './note-finding.ts';

/** A control that was quiet on a resource for so long starts anew. */
const keptDays = 400;

const entrySchema = z.object({
  resource: z.string(),
  control: z.string(),
  version: z.int(),
  count: z.int(),
  firstAt: z.string(),
  lastAt: z.string(),
  open: z.record(z.string(), z.string()),
  outcome: z.object({ because: z.string(), at: z.string() }).exactOptional(),
});

/** `History` in the router's table: one item a resource and control. */
export function dynamoHistory(options: {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  clock(): Date;
}): History {
  const { client, tableName: TableName, clock } = options;
  return {
    async of(resource, control) {
      const Key = marshall(itemKey(resource, control));
      const { Item } = await client.send(
        new GetItemCommand({ TableName, Key, ConsistentRead: true }),
      );
      return Item && entrySchema.parse(unmarshall(Item));
    },
    async put(entry) {
      const expiresAt = Math.floor(clock().getTime() / 1000) + keptDays * 86_400;
      const first = { ConditionExpression: 'attribute_not_exists(pk)' };
      const later = {
        ConditionExpression: '#version = :before',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: marshall({ ':before': entry.version - 1 }),
      };
      try {
        const { resource, control, version } = entry;
        const Item = marshall({ ...itemKey(resource, control), ...entry, expiresAt });
        const condition = version === 1 ? first : later;
        await client.send(new PutItemCommand({ TableName, Item, ...condition }));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}

function itemKey(resource: string, control: string) {
  return { pk: `history#${digest(resource, control)}`, sk: 'entry' };
}
