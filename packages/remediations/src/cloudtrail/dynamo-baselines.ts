import { type DynamoDBClient, GetItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type Baseline, type Baselines, readBaseline } from './baseline.ts';

/** Where baselines are. */
export interface DynamoBaselinesOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

/**
 * Approved settings in the state table: item `trail#ARN`, `baseline`, all of them listed by the index `byTime` under `baselines`. Read only: they are
 * written by `riposte trail approve`.
 *
 * @throws UnreadableBaselineError where an item is none of this version.
 * @example
 * const baseline = await dynamoBaselines({ client, tableName }).of(trail.arn);
 */
export function dynamoBaselines({
  client,
  tableName: TableName,
}: DynamoBaselinesOptions): Baselines {
  return {
    async of(trailArn) {
      const Key = marshall({ pk: `trail#${trailArn}`, sk: 'baseline' });
      const { Item } = await client.send(
        new GetItemCommand({ TableName, Key, ConsistentRead: true }),
      );
      return Item && readBaseline(unmarshall(Item));
    },
    async all() {
      const found: Baseline[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName,
          IndexName: 'byTime',
          KeyConditionExpression: 'listPk = :pk',
          ExpressionAttributeValues: marshall({ ':pk': 'baselines' }),
        },
      );
      for await (const { Items = [] } of pages) {
        found.push(...Items.map((item) => readBaseline(unmarshall(item))));
      }
      return found;
    },
  };
}
