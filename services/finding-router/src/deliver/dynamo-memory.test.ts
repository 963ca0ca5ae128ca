import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { DynamoTable } from '../table.ts';
import { dynamoMemory } from './dynamo-memory.ts';

const dynamo = mockClient(DynamoDBClient);
const now = new Date('2026-05-01T12:00:00.000Z');
const seconds = now.getTime() / 1000;
const table = new DynamoTable(new DynamoDBClient({ region: 'eu-west-1' }), 'router');
const memory = dynamoMemory(table, () => now);

const receipt = { id: 'rpm-1', channel: 'tickets', at: now.toISOString(), reference: 'SEC-1' };
const ticket = {
  version: 1,
  channel: 'tickets',
  ticketKey: 'key',
  reference: 'SEC-1',
  open: { a: 1 },
  ended: {},
};

beforeEach(() => {
  dynamo.reset();
});

const stored = (item: Record<string, unknown>) =>
  dynamo.on(GetItemCommand).resolves({ Item: marshall(item) });

function cancelled(...codes: readonly string[]): Error {
  return new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
}

describe('dynamoMemory', () => {
  it('knows a delivery by its receipt, until that expires', async () => {
    dynamo.on(GetItemCommand).resolves({});
    expect(await memory.isDone('rpm-1')).toBe(false);
    stored({ expiresAt: seconds + 1 });
    expect(await memory.isDone('rpm-1')).toBe(true);
    stored({ expiresAt: seconds });
    expect(await memory.isDone('rpm-1')).toBe(false);
    expect(dynamo.commandCalls(GetItemCommand)[0]?.args[0].input).toEqual({
      TableName: 'router',
      Key: marshall({ pk: 'delivery#rpm-1', sk: 'receipt' }),
      ConsistentRead: true,
    });
  });

  it('writes a receipt alone where nothing builds on it', async () => {
    await memory.keep(receipt);
    const [call] = dynamo.commandCalls(PutItemCommand);
    expect(unmarshall(call?.args[0].input.Item ?? {})).toEqual({
      ...{ pk: 'delivery#rpm-1', sk: 'receipt', expiresAt: seconds + 30 * 86_400 },
      ...receipt,
    });
  });

  it('writes ticket or thread with the receipt, on what was read before', async () => {
    await memory.keep({ ...receipt, ticket });
    const thread = { version: 3, channel: 'soc', groupKey: 'g', reference: 'C/1', ended: false };
    await memory.keep({ ...receipt, thread });
    const puts = dynamo
      .commandCalls(TransactWriteItemsCommand)
      .map(({ args }) => args[0].input.TransactItems?.map(({ Put }) => Put));
    expect(puts).toMatchObject([
      [
        { Item: marshall({ pk: 'delivery#rpm-1' }) },
        { ConditionExpression: 'attribute_not_exists(pk)' },
      ],
      [
        {},
        {
          ConditionExpression: '#version = :before',
          ExpressionAttributeValues: { ':before': { N: '2' } },
        },
      ],
    ]);
    expect(unmarshall(puts[0]?.[0]?.Item ?? {})).not.toHaveProperty('ticket');
    expect(unmarshall(puts[0]?.[1]?.Item ?? {})).toMatchObject({
      pk: 'ticket#tickets#key',
      ...ticket,
    });
    expect(puts[1]?.[1]?.Item?.pk?.S).toMatch(/^thread#soc#[0-9a-f]{32}$/);
  });

  it('writes with a ticket which finding is in it, and when to look who has it', async () => {
    const watch = { since: now.toISOString(), next: now.toISOString() };
    const watched = { ...ticket, standing: { assignee: 'u-1' }, watch };
    await memory.keep({ ...receipt, ticket: watched, ticketed: 'account|region|product|id' });
    const [call] = dynamo.commandCalls(TransactWriteItemsCommand);
    const [, put, relation] = (call?.args[0].input.TransactItems ?? []).map(({ Put }) =>
      unmarshall(Put?.Item ?? {}),
    );
    expect(put).toMatchObject({ duePk: 'watched#tickets', dueAt: watch.next, ...watched });
    expect(relation).toEqual({
      pk: 'ticket#tickets#key',
      sk: expect.stringMatching(/^finding#[0-9a-f]{16}$/),
      finding: 'account|region|product|id',
      expiresAt: seconds + 400 * 86_400,
    });
    stored({ ...put });
    expect(await memory.ticket('tickets', 'key')).toEqual(watched);
  });

  it('says when somebody else was faster', async () => {
    dynamo
      .on(TransactWriteItemsCommand)
      .rejectsOnce(cancelled('None', 'ConditionalCheckFailed'))
      .rejects(cancelled('None', 'ThrottlingError'));
    await expect(memory.keep({ ...receipt, ticket })).rejects.toMatchObject({
      name: 'StaleDeliveryError',
      retryable: true,
    });
    await expect(memory.keep({ ...receipt, ticket })).rejects.toThrow('cancelled');
  });

  it('reads tickets and threads, and refuses what it did not write', async () => {
    stored({ pk: 'ticket#tickets#key', sk: 'ticket', expiresAt: 1, ...ticket });
    expect(await memory.ticket('tickets', 'key')).toEqual(ticket);
    await expect(memory.thread('soc', 'g')).rejects.toMatchObject({ path: 'groupKey' });
    dynamo.on(GetItemCommand).resolves({});
    expect(await memory.ticket('tickets', 'key')).toBeUndefined();
    expect(await memory.thread('soc', 'g')).toBeUndefined();
  });
});
