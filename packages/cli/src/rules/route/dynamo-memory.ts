import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
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
import { itemAt, itemsOf } from '../../aws/dynamo-items.ts';
import type { RouterMemory } from './router-memory.ts';

/** `RouterMemory` in the router's table. */
export function dynamoMemory(
  client: DynamoDBClient,
  tableName: string,
): Omit<RouterMemory, 'name'> {
  const table = { client, tableName };
  const read = async <T>(
    key: { readonly pk: string; readonly sk: string },
    readItem: (item: GroupItem) => T,
  ): Promise<T | undefined> => {
    const item = await itemAt(table, key);
    return item && readItem(item);
  };
  const query = (pk: string) => itemsOf(table, pk);
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
