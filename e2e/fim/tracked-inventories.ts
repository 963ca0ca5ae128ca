import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { readTrackedItem } from '@riposte/inventory';
import type { Stage } from '@riposte/local-stage';
import { exportedName } from './exported-name.ts';

/** Which version of each node's inventory was compared last. */
export async function trackedInventories(
  client: DynamoDBClient,
  stage: Stage,
): Promise<ReadonlyMap<string, string>> {
  const TableName = await exportedName(stage, 'riposte-local-FimTableName');
  const seen = new Map<string, string>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
    for (const item of Items) {
      const tracked = readTrackedItem(unmarshall(item));
      if (tracked) seen.set(tracked.key.node, tracked.seen.versionId);
    }
  }
  return seen;
}
