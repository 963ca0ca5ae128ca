import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { NotVerifiedError, RefusedError } from '../errors.ts';
import type { ApprovedBaseline, TrailBaselines } from '../trail/ports.ts';
import { readTrailConfiguration } from '../trail/trail-configuration.ts';

interface Table {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

/**
 * `TrailBaselines` in the state table: item `trail#ARN`/`baseline`, listed by the index `byTime`, and one item a version beside it,
 * which is never written again.
 */
export function dynamoBaselines(table: Table): TrailBaselines {
  const { client, tableName: TableName } = table;
  return {
    async of(trailArn) {
      const Key = marshall({ pk: partition(trailArn), sk: 'baseline' });
      const { Item } = await client.send(
        new GetItemCommand({ TableName, Key, ConsistentRead: true }),
      );
      return Item && baselineOf(Item);
    },
    all: () =>
      query(table, { IndexName: 'byTime', condition: 'listPk = :a', values: ['baselines'] }),
    history: (trailArn) =>
      query(table, {
        condition: 'pk = :a AND begins_with(sk, :b)',
        values: [partition(trailArn), 'baseline#'],
      }),
    approve: (baseline) => approve(table, baseline),
  };
}

async function approve({ client, tableName }: Table, baseline: ApprovedBaseline): Promise<void> {
  const { version, trail } = baseline;
  const pk = partition(trail.arn);
  const write = (keys: Readonly<Record<string, string>>, ConditionExpression: string) => ({
    TableName: tableName,
    Item: marshall({ ...baseline, ...keys, pk }, { removeUndefinedValues: true }),
    ConditionExpression,
  });
  const history = write(
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
      new TransactWriteItemsCommand({ TransactItems: [{ Put: history }, { Put: present }] }),
    );
  } catch (cause) {
    if (!(cause instanceof TransactionCanceledException)) throw cause;
    throw new RefusedError(
      `somebody else approved version ${version} of ${trail.arn} meanwhile; nothing was written`,
      'look at it: riposte trail history NAME, and approve again',
      { cause },
    );
  }
}

interface BaselineQuery {
  readonly IndexName?: string;
  readonly condition: string;
  readonly values: readonly [string, string?];
}

async function query(
  { client, tableName }: Table,
  { condition, values: [a, b], ...index }: BaselineQuery,
): Promise<readonly ApprovedBaseline[]> {
  const found: ApprovedBaseline[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: tableName,
      ...index,
      KeyConditionExpression: condition,
      ExpressionAttributeValues: marshall({ ':a': a, ':b': b }, { removeUndefinedValues: true }),
    },
  );
  for await (const { Items = [] } of pages) found.push(...Items.map(baselineOf));
  return found;
}

function partition(trailArn: string): string {
  return `trail#${trailArn}`;
}

const stored = z.looseObject({
  version: z.int().min(1),
  trail: z.object({
    arn: z.string(),
    name: z.string(),
    accountId: z.string(),
    region: z.string(),
    partition: z.string(),
  }),
  configuration: z.unknown(),
  approvedBy: z.string(),
  approvedAt: z.string(),
  reason: z.string(),
});

function baselineOf(item: Record<string, AttributeValue>): ApprovedBaseline {
  const { pk, ...value } = unmarshall(item);
  const result = stored.safeParse(value);
  if (!result.success) {
    const path = result.error.issues[0]?.path.map(String).join('.') ?? '(root)';
    throw new NotVerifiedError(
      `the baseline ${String(pk)} cannot be read: ${path} is missing or wrong`,
      'it was written by another version, or by hand',
    );
  }
  const { version, trail, approvedBy, approvedAt, reason } = result.data;
  const configuration = readTrailConfiguration(result.data.configuration, `baseline ${trail.arn}`);
  return { version, trail, configuration, approvedBy, approvedAt, reason };
}
