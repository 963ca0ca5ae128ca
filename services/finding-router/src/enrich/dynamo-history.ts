import { historyItemKey, readHistoryItem } from '@riposte/rules';
import { expiryAfter, type Table } from '../table.ts';
import type { History } from './note-finding.ts';

/** A control that was quiet on a resource for so long starts anew. */
const keptDays = 400;

/** `History` in the router's table: one item a resource and control. */
export function dynamoHistory(table: Table, clock: () => Date): History {
  return {
    async of(resource, control) {
      const item = await table.get(historyItemKey(resource, control));
      return item && readHistoryItem(item);
    },
    put(entry) {
      const { resource, control, version } = entry;
      const item = { ...entry, expiresAt: expiryAfter(keptDays, clock()) };
      return table.putAll([
        { key: historyItemKey(resource, control), item, onVersion: version - 1 },
      ]);
    },
  };
}
