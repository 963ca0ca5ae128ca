import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  type Approval,
  approvalItem,
  type TrackedInventory,
  trackedId,
  trackedItem,
  trackedItemKey,
} from '@riposte/inventory';
import { mockClient } from 'aws-sdk-client-mock';
import { dynamoTrackedInventories } from './dynamo-tracked-inventories.ts';
import { UnreadableItemError } from './errors.ts';
import { bucket, inventory } from './testing/sample-messages.ts';

const dynamo = mockClient(DynamoDBClient);
const client = new DynamoDBClient({ region: 'us-east-1' });
const inventories = dynamoTrackedInventories({ client, tableName: 'detector' });
const at = '2026-11-24T14:00:00.000Z';

function tracked(prefix: string, revision = 2): TrackedInventory {
  return {
    ...{ bucket, key: { ...inventory, prefix }, revision, reportedAt: at, rules: 'r' },
    seen: { versionId: 'v1', at, digest: 'd', lines: 1, storedAt: at },
    ...{ baseline: { versionId: 'v1', at }, coverage: {} },
  };
}
const [a, b, c] = [tracked('a/'), tracked('b/'), tracked('c/')];
const canceled = (...codes: string[]) =>
  new TransactionCanceledException({
    ...{ $metadata: {}, message: 'no' },
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const overtaken = new ConditionalCheckFailedException({ $metadata: {}, message: 'no' });
const transactions = () =>
  dynamo
    .commandCalls(TransactWriteItemsCommand)
    .map(({ args: [{ input }] }) => input.TransactItems?.length);

beforeEach(() => {
  dynamo.reset();
});

describe('what is known of inventories', () => {
  it('is read in one call, each once, and again what was left out', async () => {
    dynamo
      .on(BatchGetItemCommand)
      .resolvesOnce({
        Responses: { detector: [marshall(trackedItem(a))] },
        UnprocessedKeys: { detector: { Keys: [marshall(trackedItemKey(b))] } },
      })
      .resolves({ Responses: { detector: [marshall(trackedItem(b))] } });
    const read = await inventories.read([a, b, c, a]);
    expect([...read]).toEqual([
      [trackedId(a), a],
      [trackedId(b), b],
    ]);
    const asked = dynamo.commandCalls(BatchGetItemCommand).map(({ args: [{ input }] }) => {
      return input.RequestItems?.detector;
    });
    expect(asked.map((one) => one?.Keys?.length)).toEqual([3, 1]);
    expect(asked[0]?.ConsistentRead).toBe(true);
  });

  it('is not taken for unknown where it cannot be read', async () => {
    const item = marshall({ ...trackedItem(a), revision: 'two' });
    dynamo.on(BatchGetItemCommand).resolves({ Responses: { detector: [item] } });
    await expect(inventories.read([a])).rejects.toThrow(UnreadableItemError);
  });

  it('is moved in one transaction, each on condition of the revision before', async () => {
    dynamo.on(TransactWriteItemsCommand).resolves({});
    expect(await inventories.move([a, tracked('new/', 1)])).toEqual(new Set());
    const [call] = dynamo.commandCalls(TransactWriteItemsCommand);
    expect(call?.args[0].input.TransactItems?.map(({ Put }) => Put)).toEqual([
      expect.objectContaining({
        ConditionExpression: 'revision = :before',
        ExpressionAttributeValues: { ':before': { N: '1' } },
      }),
      expect.objectContaining({ ConditionExpression: 'attribute_not_exists(pk)' }),
    ]);
  });

  it('E3: is moved where others were overtaken, and they are named', async () => {
    dynamo
      .on(TransactWriteItemsCommand)
      .rejectsOnce(canceled('None', 'ConditionalCheckFailed', 'None'))
      .resolves({});
    expect(await inventories.move([a, b, c])).toEqual(new Set([trackedId(b)]));
    expect(transactions()).toEqual([3, 2]);
  });

  it('is moved alone, and named where it was overtaken', async () => {
    dynamo
      .on(PutItemCommand)
      .resolvesOnce({})
      .rejectsOnce(overtaken)
      .rejects(new TypeError('away'));
    expect(await inventories.move([a])).toEqual(new Set());
    expect(await inventories.move([a])).toEqual(new Set([trackedId(a)]));
    await expect(inventories.move([a])).rejects.toThrow('away');
    expect(await inventories.move([])).toEqual(new Set());
  });

  it('is tried again while others are in the way, and then given up', async () => {
    dynamo
      .on(TransactWriteItemsCommand)
      .rejectsOnce(canceled('TransactionConflict', 'None'))
      .resolves({});
    expect(await inventories.move([a, b])).toEqual(new Set());
    dynamo.reset();
    dynamo.on(TransactWriteItemsCommand).rejects(canceled('TransactionConflict', 'None'));
    await expect(inventories.move([a, b])).rejects.toThrow(TransactionCanceledException);
    expect(transactions()).toHaveLength(6);
  });

  it('is not tried again where that is of no use', async () => {
    dynamo.on(TransactWriteItemsCommand).rejects(canceled('None', 'ValidationError'));
    await expect(inventories.move([a, b])).rejects.toThrow(TransactionCanceledException);
    expect(transactions()).toHaveLength(1);
  });
});

describe('approvals', () => {
  const approval = (id: string, more: Partial<Approval> = {}): Approval => ({
    ...{ ...inventory, id, versionId: 'v1', by: 'arn', why: 'change 4711', at },
    ...more,
  });

  it('of an inventory are read page by page, oldest first; those of others are left out', async () => {
    const page = (...approvals: Approval[]) => approvals.map((one) => marshall(approvalItem(one)));
    dynamo
      .on(QueryCommand)
      .resolvesOnce({
        Items: page(approval('fim-1'), approval('fim-2', { type: 'AWS:Service' })),
        LastEvaluatedKey: { pk: { S: 'p' } },
      })
      .resolves({ Items: [...page(approval('fim-3')), marshall({ pk: 'p', sk: 'approval#4' })] });
    const read = await inventories.approvals({ bucket, key: inventory });
    expect(read).toEqual([approval('fim-1'), approval('fim-3')]);
    const [first, second] = dynamo.commandCalls(QueryCommand).map(({ args: [{ input }] }) => input);
    expect(first?.ExpressionAttributeValues).toEqual({
      ':pk': { S: 'node#123456789012/us-east-1/i-0123456789abcdef0' },
      ':prefix': { S: 'approval#' },
    });
    expect(second?.ExclusiveStartKey).toEqual({ pk: { S: 'p' } });
  });
});
