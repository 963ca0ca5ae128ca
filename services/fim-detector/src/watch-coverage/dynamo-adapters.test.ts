import {
  BatchGetItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { approvalItem, trackedItem } from '@riposte/inventory';
import { mockClient } from 'aws-sdk-client-mock';
import { dynamoAllInventories } from './dynamo-all-inventories.ts';
import { dynamoEndedNodes } from './dynamo-ended-nodes.ts';
import { dynamoProblems } from './dynamo-problems.ts';
import { dynamoProgress } from './dynamo-progress.ts';
import { account, nodeA, nodeB, region, tracked } from './testing/watch-world.ts';
import { type HeldProblem, problemId } from './watched-problem.ts';

const dynamo = mockClient(DynamoDBClient);
const table = { client: new DynamoDBClient({ region }), tableName: 'fim' };
const at = '2026-11-24T12:00:00.000Z';

beforeEach(() => {
  dynamo.reset();
});

describe('dynamoProblems', () => {
  const held: HeldProblem = {
    subject: { kind: 'node', account, region, name: nodeA },
    problem: 'association-failed',
    details: { status: 'Failed', count: 1 },
    ...{ revision: 1, since: at, updatedAt: at, isOver: false, isTold: true },
  };
  const key = { pk: 'coverage', sk: problemId(held) };

  it('reads those that are open, and those that nobody was told are over', async () => {
    const over = { ...held, isOver: true };
    dynamo.on(QueryCommand).resolves({
      Items: [held, over, { ...over, isTold: false }].map((one) => marshall({ ...one, ...key })),
    });
    expect(await dynamoProblems(table).open()).toEqual([held, { ...over, isTold: false }]);
  });

  it('reads one by the id of its finding', async () => {
    dynamo
      .on(BatchGetItemCommand)
      .resolves({ Responses: { fim: [marshall({ ...held, ...key })] } });
    expect(await dynamoProblems(table).read([problemId(held)])).toEqual(
      new Map([[problemId(held), held]]),
    );
  });

  it('writes one on condition that nobody else has', async () => {
    expect(await dynamoProblems(table).write([held])).toEqual(new Set());
    expect(dynamo.commandCalls(PutItemCommand)[0]?.args[0].input).toMatchObject({
      TableName: 'fim',
      Item: marshall({ ...held, ...key }),
      ConditionExpression: 'attribute_not_exists(pk)',
    });
  });

  it('takes none that it cannot read for unknown', async () => {
    dynamo.on(QueryCommand).resolves({ Items: [marshall({ ...held, ...key, problem: 'new' })] });
    await expect(dynamoProblems(table).open()).rejects.toMatchObject({
      name: 'UnreadableItemError',
    });
  });
});

describe('dynamoAllInventories', () => {
  it('reads inventories and approvals page by page, and nothing else', async () => {
    const one = tracked(nodeA, 5);
    const approval = { ...one.key, id: 'fim-1', versionId: 'v1', by: 'arn', why: 'w', at };
    const last = { pk: { S: 'p' }, sk: { S: 's' } };
    dynamo.on(ScanCommand).resolves({
      Items: [
        marshall(trackedItem(one)),
        marshall(approvalItem(approval)),
        marshall({ pk: 'coverage', sk: 'x' }),
        marshall({ ...trackedItem(tracked(nodeB, 5)), revision: 'newer' }),
      ],
      LastEvaluatedKey: last,
    });
    const { page } = dynamoAllInventories(table);
    const first = await page('');
    expect(first).toMatchObject({ inventories: [one], approvals: [approval] });
    await page(first.next ?? '');
    const calls = dynamo.commandCalls(ScanCommand).map(({ args: [{ input }] }) => input);
    expect(calls.map(({ ExclusiveStartKey }) => ExclusiveStartKey)).toEqual([undefined, last]);
  });

  it('says where the table ends', async () => {
    dynamo.on(ScanCommand).resolves({});
    expect(await dynamoAllInventories(table).page('')).toEqual({ inventories: [], approvals: [] });
  });
});

describe('dynamoProgress', () => {
  it('reads what was noted, and nothing where nothing was', async () => {
    dynamo.on(BatchGetItemCommand).resolves({});
    expect((await dynamoProgress(table).read()).gapsAfter ?? '').toBe('');
    dynamo.on(BatchGetItemCommand).resolves({ Responses: { fim: [marshall({ gapsAfter: 'k' })] } });
    expect(await dynamoProgress(table).read()).toMatchObject({ gapsAfter: 'k' });
  });

  it('notes what is given, and leaves the rest', async () => {
    await dynamoProgress(table).note({ gapsAfter: 'k', itemsAfter: '' });
    expect(dynamo.commandCalls(UpdateItemCommand)[0]?.args[0].input).toMatchObject({
      Key: marshall({ pk: 'watch', sk: 'progress' }),
      UpdateExpression: 'SET #gapsAfter = :gapsAfter, #itemsAfter = :itemsAfter',
      ExpressionAttributeValues: marshall({ ':gapsAfter': 'k', ':itemsAfter': '' }),
    });
  });
});

describe('dynamoEndedNodes', () => {
  it('keeps what was told of nodes that are terminated', async () => {
    const node = { id: 'bucket/key', since: at, toldAt: at };
    await dynamoEndedNodes(table).write([node]);
    const { Item } = dynamo.commandCalls(PutItemCommand)[0]?.args[0].input ?? {};
    dynamo.on(BatchGetItemCommand).resolves({ Responses: { fim: Item ? [Item] : [] } });
    expect(await dynamoEndedNodes(table).read([node.id])).toEqual(new Map([[node.id, node]]));
  });
});
