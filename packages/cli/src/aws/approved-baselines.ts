import {
  type DynamoDBClient,
  paginateQuery,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type Baseline, readBaseline } from '@riposte/remediations/cloudtrail';
import { dynamoBaselines } from '@riposte/remediations/cloudtrail/baselines';
import { RefusedError } from '../errors.ts';
import type { TrailBaselines } from '../trail/ports.ts';

interface Table {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

/**
 * `TrailBaselines` in the state table: item `trail#ARN`/`baseline`, listed by the index `byTime`, and one item a version beside it,
 * which is never written again.
 */
export function approvedBaselines(table: Table): TrailBaselines {
  return {
    ...dynamoBaselines(table),
    history: (trailArn) => history(table, trailArn),
    approve: (baseline) => approve(table, baseline),
  };
}

async function history(
  { client, tableName: TableName }: Table,
  trailArn: string,
): Promise<readonly Baseline[]> {
  const found: Baseline[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: marshall({ ':pk': `trail#${trailArn}`, ':sk': 'baseline#' }),
    },
  );
  for await (const { Items = [] } of pages) {
    found.push(...Items.map((item) => readBaseline(unmarshall(item))));
  }
  return found;
}

async function approve({ client, tableName }: Table, baseline: Baseline): Promise<void> {
  const { version, trail } = baseline;
  const write = (keys: Readonly<Record<string, string>>, ConditionExpression: string) => ({
    TableName: tableName,
    Item: marshall(
      { ...baseline, ...keys, pk: `trail#${trail.arn}` },
      { removeUndefinedValues: true },
    ),
    ConditionExpression,
  });
  const past = write(
    { sk: `baseline#${String(version).padStart(6, '0')}` },
    'attribute_not_exists(pk)',
  );
  const listed = { sk: 'baseline', listPk: 'baselines', listSk: trail.arn };
  const present =
    version === 1
      ? write(listed, 'attribute_not_exists(pk)')
      : {
          ...write(listed, '#version = :before'),
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: marshall({ ':before': version - 1 }),
        };
  try {
    await client.send(
      new TransactWriteItemsCommand({ TransactItems: [{ Put: past }, { Put: present }] }),
    );
  } catch (cause) {
    if (!(cause instanceof TransactionCanceledException)) throw cause;
    throw new RefusedError(
      `somebody else approved version ${version} of ${trail.arn} meanwhile; nothing was written`,
      'look at it with riposte trail history, and approve again',
      { cause },
    );
  }
}
