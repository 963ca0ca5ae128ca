import {
  approvalPrefix,
  nodePartition,
  readApprovalItem,
  readTrackedItem,
  trackedId,
  trackedItem,
  trackedItemKey,
} from '@riposte/inventory';
import { logger } from '@riposte/lambda';
import { type ItemTable, itemsBelow, itemsByKey, type StoredItem } from './dynamo-items.ts';
import { writeRevised } from './dynamo-write-items.ts';
import { UnreadableItemError } from './errors.ts';
import type { TrackedInventories } from './ports.ts';

/**
 * `TrackedInventories` in the detector's table: one item for each inventory and each approval, with its node. Needs `dynamodb:BatchGetItem`,
 * `dynamodb:Query` and `dynamodb:PutItem`.
 */
export function dynamoTrackedInventories(table: ItemTable): TrackedInventories {
  return {
    async read(objects) {
      const keys = new Map(objects.map((object) => [trackedId(object), trackedItemKey(object)]));
      const items = await itemsByKey(table, [...keys.values()]);
      return new Map(items.map(trackedIn).map((tracked) => [trackedId(tracked), tracked]));
    },
    async move(inventories) {
      const overtaken = await writeRevised(table, inventories.map(trackedItem));
      return new Set(overtaken.map(trackedId));
    },
    async approvals({ key }) {
      const items = await itemsBelow(table, { pk: nodePartition(key), prefix: approvalPrefix });
      return items
        .flatMap(approvalIn)
        .filter(({ type, prefix }) => type === key.type && prefix === key.prefix);
    },
  };
}

/** @throws UnreadableItemError: taken for unknown, the inventory would be taken as it is now for its approved state. */
function trackedIn(item: StoredItem) {
  const tracked = readTrackedItem(item);
  if (!tracked) throw new UnreadableItemError(`${item.pk} ${item.sk}`);
  return tracked;
}

/** What cannot be read approves nothing. */
function approvalIn(item: StoredItem) {
  const approval = readApprovalItem(item);
  if (approval) return [approval];
  logger.warn('an approval cannot be read, and approves nothing', { sk: item.sk });
  return [];
}
