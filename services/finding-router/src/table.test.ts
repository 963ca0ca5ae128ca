import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { DynamoTable } from './table.ts';

const dynamo = mockClient(DynamoDBClient);
const table = new DynamoTable(new DynamoDBClient({}), 'router');
const key = { pk: 'group#1', sk: 'group' };
const failed = new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
const canceled = (...Codes: readonly string[]) =>
  new TransactionCanceledException({
    ...{ message: 'no', $metadata: {} },
    CancellationReasons: Codes.map((Code) => ({ Code })),
  });

beforeEach(() => {
  dynamo.reset();
  dynamo.onAnyCommand().resolves({});
});

const inputs = () => dynamo.calls().map(({ args }) => args[0].input);

describe('DynamoTable', () => {
  it('reads consistently', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: { pk: { S: 'group#1' }, version: { N: '3' } } });
    expect(await table.get(key)).toEqual({ pk: 'group#1', version: 3 });
    expect(inputs()).toEqual([expect.objectContaining({ ConsistentRead: true })]);
  });

  it('sets members, and takes away those that are undefined', async () => {
    await table.set(key, { outbox: undefined, dueAt: '1' }, { onVersion: 2 });
    expect(inputs()).toEqual([
      {
        TableName: 'router',
        Key: { pk: { S: 'group#1' }, sk: { S: 'group' } },
        UpdateExpression: 'SET #dueAt = :dueAt REMOVE #outbox',
        ConditionExpression: '#version = :onVersion',
        ExpressionAttributeNames: { '#outbox': 'outbox', '#dueAt': 'dueAt', '#version': 'version' },
        ExpressionAttributeValues: { ':dueAt': { S: '1' }, ':onVersion': { N: '2' } },
      },
    ]);
  });

  it('only takes away, where that is all', async () => {
    await table.set(key, { outbox: undefined }, { ifThere: true });
    expect(inputs()).toEqual([
      expect.objectContaining({
        UpdateExpression: 'REMOVE #outbox',
        ConditionExpression: 'attribute_exists(pk)',
      }),
    ]);
    expect(inputs()[0]).not.toHaveProperty('ExpressionAttributeValues');
  });

  it('says whether a condition held', async () => {
    expect(await table.set(key, { dueAt: '1' })).toBe(true);
    dynamo.on(UpdateItemCommand).rejects(failed);
    expect(await table.set(key, { dueAt: '1' }, { onVersion: 1 })).toBe(false);
    dynamo.on(UpdateItemCommand).rejects(new Error('away'));
    await expect(table.set(key, { dueAt: '1' })).rejects.toThrow('away');
  });

  it('writes one item on its version, the first where there is none', async () => {
    await table.putAll([{ key, item: { version: 1, gone: undefined }, onVersion: 0 }]);
    await table.putAll([{ key, item: { version: 2 }, onVersion: 1 }]);
    expect(inputs()).toEqual([
      expect.objectContaining({
        Item: { pk: { S: 'group#1' }, sk: { S: 'group' }, version: { N: '1' } },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
      expect.objectContaining({ ConditionExpression: '#version = :before' }),
    ]);
  });

  it('writes several in one transaction, and nothing for none', async () => {
    const other = { pk: 'counter#chat', sk: 'counter' };
    await table.putAll([]);
    await table.putAll([
      { key, item: { version: 1 }, onVersion: 0 },
      { key: other, item: { version: 8 }, onVersion: 7 },
    ]);
    expect(dynamo.calls()).toHaveLength(1);
    expect(dynamo.commandCalls(TransactWriteItemsCommand)[0]?.args[0].input.TransactItems).toEqual([
      { Put: expect.objectContaining({ ConditionExpression: 'attribute_not_exists(pk)' }) },
      { Put: expect.objectContaining({ ConditionExpression: '#version = :before' }) },
    ]);
  });

  it.each([
    ['is not as it was read', failed],
    ['is not as it was read, of several', canceled('None', 'ConditionalCheckFailed')],
    ['is being written', canceled('TransactionConflict')],
  ])('knows what %s', async (_, error) => {
    dynamo.on(PutItemCommand).rejects(error);
    const put = table.putAll([{ key, item: { version: 2 }, onVersion: 1 }]);
    expect(await put).toBe(false);
  });

  it.each([new Error('away'), canceled('ThrottlingError')])(
    'passes on that DynamoDB answers %s',
    async (error) => {
      dynamo.on(PutItemCommand).rejects(error);
      const put = table.putAll([{ key, item: { version: 2 }, onVersion: 1 }]);
      await expect(put).rejects.toBe(error);
    },
  );

  it('reads a partition to its end', async () => {
    const start = { pk: { S: 'alerts#1' } };
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [{ sk: { S: 'a' } }], LastEvaluatedKey: start })
      .resolvesOnce({ Items: [{ sk: { S: 'b' } }] });
    expect(await table.query('alerts#1')).toEqual([{ sk: 'a' }, { sk: 'b' }]);
    expect(inputs()[1]).toMatchObject({ ConsistentRead: true, ExclusiveStartKey: start });
  });

  it('reads what is due up to a limit', async () => {
    const start = { pk: { S: 'group#1' } };
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [{ pk: { S: 'a' } }], LastEvaluatedKey: start })
      .resolvesOnce({ Items: [{ pk: { S: 'b' } }], LastEvaluatedKey: start });
    expect(await table.due('due', '2026', 2)).toEqual([{ pk: 'a' }, { pk: 'b' }]);
    expect(inputs()).toEqual([
      expect.objectContaining({ IndexName: 'byDue', Limit: 2 }),
      expect.objectContaining({ IndexName: 'byDue', Limit: 1 }),
    ]);
  });

  it('puts and deletes', async () => {
    await table.put(key, { groupKey: 'grp-1' });
    await table.remove(key);
    expect(dynamo.commandCalls(PutItemCommand)).toHaveLength(1);
    expect(dynamo.commandCalls(DeleteItemCommand)).toHaveLength(1);
  });
});
