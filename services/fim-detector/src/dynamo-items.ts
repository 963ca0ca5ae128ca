import { setTimeout as wait } from 'node:timers/promises';
import {
  BatchGetItemCommand,
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { ItemKey } from '@riposte/inventory';

/** The detector's table. */
export interface ItemTable {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

/** An item as it is stored, unread. */
export type StoredItem = Readonly<Record<string, unknown>>;

/** So many items are read at once. */
const mostKeys = 100;

/** Milliseconds before DynamoDB is asked again for keys that it left out, which it does while it throttles. */
const longestWait = 1_000;

/** Those of these items that are there, consistently read. */
export async function itemsByKey(
  { client, tableName }: ItemTable,
  keys: readonly ItemKey[],
): Promise<readonly StoredItem[]> {
  const items: StoredItem[] = [];
  for (let at = 0; at < keys.length; at += mostKeys) {
    let asked = keys.slice(at, at + mostKeys).map((key) => marshall(key));
    for (let attempt = 0; asked.length > 0; attempt += 1) {
      if (attempt > 0) await wait(Math.random() * Math.min(longestWait, 25 * 2 ** attempt));
      const RequestItems = { [tableName]: { Keys: asked, ConsistentRead: true } };
      const answer = await client.send(new BatchGetItemCommand({ RequestItems }));
      items.push(...(answer.Responses?.[tableName] ?? []).map((item) => unmarshall(item)));
      asked = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
    }
  }
  return items;
}

/** The items of a partition whose sort key begins so, in the order of the sort key. */
export async function itemsBelow(
  { client, tableName }: ItemTable,
  { pk, prefix }: { readonly pk: string; readonly prefix: string },
): Promise<readonly StoredItem[]> {
  const items: StoredItem[] = [];
  let start: QueryCommandOutput['LastEvaluatedKey'];
  do {
    const answer: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: marshall({ ':pk': pk, ':prefix': prefix }),
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    items.push(...(answer.Items ?? []).map((item) => unmarshall(item)));
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}
