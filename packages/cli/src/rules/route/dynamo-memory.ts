import { type DynamoDBClient, GetItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import {
  type GroupItem,
  groupItemKeys,
  type InhibitorEntry,
  readAlertItem,
  readCounterItem,
  readGroupItem,
  readInhibitorItem,
  readPlaceItem,
  readSilenceItem,
  silencePartition,
} from '@riposte/notifications';
import { historyItemKey, readHistoryItem } from '@riposte/rules';
import type { RouterMemory } from './router-memory.ts';

/** `RouterMemory` in the router's table. */
export function dynamoMemory(
  client: DynamoDBClient,
  TableName: string,
): Omit<RouterMemory, 'name'> {
  const read = async <T>(
    key: { readonly pk: string; readonly sk: string },
    readItem: (item: GroupItem) => T,
  ): Promise<T | undefined> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName, Key: marshall(key), ConsistentRead: true }),
    );
    return Item && readItem(unmarshall(Item));
  };
  const query = async (pk: string): Promise<readonly GroupItem[]> => {
    const pages = paginateQuery(
      { client },
      {
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: marshall({ ':pk': pk }),
        ConsistentRead: true,
      },
    );
    const items: GroupItem[] = [];
    for await (const { Items = [] } of pages) items.push(...Items.map((item) => unmarshall(item)));
    return items;
  };
  return {
    silences: async () =>
      (await query(silencePartition)).flatMap((item) => readSilenceItem(item)?.silence ?? []),
    groupOf: (alertKey) => read(groupItemKeys.place(alertKey), readPlaceItem),
    group: (key) => read(groupItemKeys.group(key), readGroupItem),
    alertsOf: async (groupKey) => (await query(groupItemKeys.alerts(groupKey))).map(readAlertItem),
    counter: (channel) => read(groupItemKeys.counter(channel), readCounterItem),
    async inhibitors(keys) {
      const found: InhibitorEntry[] = [];
      for (const key of keys)
        found.push(...(await query(groupItemKeys.inhibitors(key))).map(readInhibitorItem));
      return found;
    },
    history: (resource, control) => read(historyItemKey(resource, control), readHistoryItem),
  };
}
