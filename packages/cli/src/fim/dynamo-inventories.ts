import { PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import {
  approvalItem,
  approvalPrefix,
  nodePartition,
  readApprovalItem,
  readTrackedItem,
  trackedItemKey,
  trackedPrefix,
} from '@riposte/inventory';
import { itemAt, itemsOf, type Table } from '../aws/dynamo-items.ts';
import type { FimPorts } from './ports.ts';

/** Inventories and approvals in the detector's table, as the detector itself reads them. */
export function dynamoInventories(
  table: Table,
): Pick<FimPorts, 'inventories' | 'inventory' | 'approvals' | 'approve'> {
  const { client, tableName: TableName } = table;
  return {
    async inventories() {
      const pages = paginateScan(
        { client },
        {
          TableName,
          FilterExpression: 'begins_with(sk, :prefix)',
          ExpressionAttributeValues: marshall({ ':prefix': trackedPrefix }),
        },
      );
      const found = [];
      for await (const { Items = [] } of pages) {
        found.push(...Items.flatMap((item) => readTrackedItem(unmarshall(item)) ?? []));
      }
      return found;
    },
    inventory: async (tracked) => readTrackedItem(await itemAt(table, trackedItemKey(tracked))),
    approvals: async (node) =>
      (await itemsOf(table, nodePartition(node), approvalPrefix)).flatMap(
        (item) => readApprovalItem(item) ?? [],
      ),
    async approve(approval) {
      await client.send(
        new PutItemCommand({
          TableName,
          Item: marshall(approvalItem(approval), { removeUndefinedValues: true }),
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    },
  };
}
