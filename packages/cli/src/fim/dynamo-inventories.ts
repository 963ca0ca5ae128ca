import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
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
import type { FimPorts } from './ports.ts';

/** Inventories and approvals in the detector's table, as the detector itself reads them. */
export function dynamoInventories(
  client: DynamoDBClient,
  TableName: string,
): Pick<FimPorts, 'inventories' | 'inventory' | 'approvals' | 'approve'> {
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
    async inventory(tracked) {
      const Key = marshall(trackedItemKey(tracked));
      const { Item } = await client.send(
        new GetItemCommand({ TableName, Key, ConsistentRead: true }),
      );
      return Item && readTrackedItem(unmarshall(Item));
    },
    async approvals(node) {
      const pages = paginateQuery(
        { client },
        {
          TableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: marshall({
            ':pk': nodePartition(node),
            ':prefix': approvalPrefix,
          }),
        },
      );
      const found = [];
      for await (const { Items = [] } of pages) {
        found.push(...Items.flatMap((item) => readApprovalItem(unmarshall(item)) ?? []));
      }
      return found;
    },
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
