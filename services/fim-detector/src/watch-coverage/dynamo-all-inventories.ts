import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import {
  approvalPrefix,
  readApprovalItem,
  readTrackedItem,
  trackedPrefix,
} from '@riposte/inventory';
import { logger } from '@riposte/lambda';
import * as z from 'zod';
import type { ItemTable, StoredItem } from '../dynamo-items.ts';
import type { AllInventories } from './watch-inventories.ts';

const keyShape = z.object({ pk: z.string(), sk: z.string() });

/** `AllInventories` in the detector's table, a megabyte a page. Needs `dynamodb:Scan`. */
export function dynamoAllInventories({ client, tableName }: ItemTable): AllInventories {
  return {
    async page(after) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new ScanCommand({
          TableName: tableName,
          ...(after !== '' && { ExclusiveStartKey: marshall(keyShape.parse(JSON.parse(after))) }),
        }),
      );
      const items = Items.map((item) => unmarshall(item));
      return {
        inventories: items
          .filter(isOf(trackedPrefix))
          .flatMap((item) => readOr(item, readTrackedItem)),
        approvals: items
          .filter(isOf(approvalPrefix))
          .flatMap((item) => readOr(item, readApprovalItem)),
        ...(LastEvaluatedKey && { next: nextOf(LastEvaluatedKey) }),
      };
    },
  };
}

function nextOf(key: Record<string, AttributeValue>): string {
  return JSON.stringify(keyShape.parse(unmarshall(key)));
}

function isOf(prefix: string) {
  return ({ sk }: StoredItem) => typeof sk === 'string' && sk.startsWith(prefix);
}

/** What a newer version has written is left to it, and said. */
function readOr<T>(item: StoredItem, read: (item: StoredItem) => T | undefined): readonly T[] {
  const value = read(item);
  if (value !== undefined) return [value];
  logger.error('an item cannot be read, and is not watched', { pk: item.pk, sk: item.sk });
  return [];
}
