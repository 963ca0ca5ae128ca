import {
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { BaselineMovedError } from '../errors.ts';
import { type Baseline, type BaselineApprovals, readBaseline } from './baseline.ts';

/** Where baselines are. */
export interface DynamoBaselinesOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly clock: () => Date;
}

/**
 * Approved settings in the state table: item `trail#ARN`, `baseline`; its versions as `baseline#000001`; all of them listed by the index `byTime`.
 *
 * @example
 * const baselines = dynamoBaselines({ client, tableName, clock: () => new Date() });
 */
export function dynamoBaselines(options: DynamoBaselinesOptions): BaselineApprovals {
  const { client, tableName: TableName } = options;
  const of = async (trailArn: string) => {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName,
        Key: marshall({ pk: `trail#${trailArn}`, sk: 'baseline' }),
        ConsistentRead: true,
      }),
    );
    return Item && readBaseline(unmarshall(Item));
  };
  return {
    of,
    all: () =>
      query(options, {
        IndexName: 'byTime',
        KeyConditionExpression: 'listPk = :pk',
        ExpressionAttributeValues: marshall({ ':pk': 'baselines' }),
      }),
    history: (trailArn) =>
      query(options, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: marshall({ ':pk': `trail#${trailArn}`, ':sk': 'baseline#' }),
      }),
    async approve(approval) {
      const before = await of(approval.trail.arn);
      const version = (before?.version ?? 0) + 1;
      const next = { ...approval, version, approvedAt: options.clock().toISOString() };
      await write(options, next);
      return next;
    },
  };
}

async function write(
  { client, tableName: TableName }: DynamoBaselinesOptions,
  baseline: Baseline,
): Promise<void> {
  const pk = `trail#${baseline.trail.arn}`;
  const item = (keys: Readonly<Record<string, string>>) =>
    marshall({ pk, ...keys, ...baseline }, { removeUndefinedValues: true });
  const history = item({ sk: `baseline#${String(baseline.version).padStart(6, '0')}` });
  const current = item({ sk: 'baseline', listPk: 'baselines', listSk: baseline.trail.arn });
  try {
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          {
            Put: {
              TableName,
              Item: history,
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
          { Put: { TableName, Item: current } },
        ],
      }),
    );
  } catch (cause) {
    if (!(cause instanceof TransactionCanceledException)) throw cause;
    throw new BaselineMovedError(baseline.trail.arn, { cause });
  }
}

type TableQuery = Omit<ConstructorParameters<typeof QueryCommand>[0], 'TableName'>;

async function query(
  { client, tableName: TableName }: DynamoBaselinesOptions,
  wanted: TableQuery,
): Promise<readonly Baseline[]> {
  const found: Baseline[] = [];
  let start: ConstructorParameters<typeof QueryCommand>[0]['ExclusiveStartKey'];
  do {
    const page = await client.send(
      new QueryCommand({ TableName, ...wanted, ExclusiveStartKey: start }),
    );
    found.push(...(page.Items ?? []).map((item) => readBaseline(unmarshall(item))));
    start = page.LastEvaluatedKey;
  } while (start);
  return found;
}
