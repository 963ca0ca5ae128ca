import { type DynamoDBClient, GetItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** A table of a deployment. */
export interface Table {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

/** An item as it is stored, unread. */
export type StoredItem = Readonly<Record<string, unknown>>;

/** One item, consistently read; undefined where there is none. */
export async function itemAt(
  { client, tableName: TableName }: Table,
  { pk, sk }: { readonly pk: string; readonly sk: string },
): Promise<StoredItem | undefined> {
  const Key = marshall({ pk, sk });
  const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  return Item && unmarshall(Item);
}

/** All items of a partition, consistently read, in the order of their sort keys; with a prefix, those whose sort key begins so. */
export async function itemsOf(
  { client, tableName: TableName }: Table,
  pk: string,
  prefix = '',
): Promise<readonly StoredItem[]> {
  const isWhole = prefix === '';
  const pages = paginateQuery(
    { client },
    {
      TableName,
      KeyConditionExpression: isWhole ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: marshall({ ':pk': pk, ...(!isWhole && { ':prefix': prefix }) }),
      ConsistentRead: true,
    },
  );
  const items: StoredItem[] = [];
  for await (const { Items = [] } of pages) items.push(...Items.map((item) => unmarshall(item)));
  return items;
}
