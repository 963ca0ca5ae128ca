import { setTimeout as wait } from 'node:timers/promises';
import {
  type CancellationReason,
  ConditionalCheckFailedException,
  type Put,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { ItemKey } from '@riposte/inventory';
import type { ItemTable } from './dynamo-items.ts';

/** An item that counts its writes. */
export type Revised = ItemKey & { readonly revision: number };

/** So many items are written in one transaction. */
const mostItems = 100;
/** How often a transaction is tried again that others were in the way of. */
const attempts = 6;

/**
 * Writes items, each on condition that the stored one is of the revision before; for the first revision, that there is none. One
 * transaction writes all that hold, so that a batch costs one call, and one that was overtaken keeps no other from being written.
 *
 * @returns those that somebody else has written meanwhile
 * @throws what DynamoDB answers when others were in the way too often, or for any other reason.
 */
export async function writeRevised<T extends Revised>(
  table: ItemTable,
  items: readonly T[],
): Promise<readonly T[]> {
  const overtaken: T[] = [];
  for (let at = 0; at < items.length; at += mostItems) {
    overtaken.push(...(await writeSome(table, items.slice(at, at + mostItems))));
  }
  return overtaken;
}

async function writeSome<T extends Revised>(
  table: ItemTable,
  items: readonly T[],
): Promise<readonly T[]> {
  const overtaken: T[] = [];
  let left = items;
  for (let attempt = 1; left.length > 0; attempt += 1) {
    const failed = await reasonsAgainst(table, left);
    if (failed.size === 0) break;
    const now = left.filter((_, index) => failed.get(index) === stale);
    if (now.length === 0) {
      if (attempt >= attempts) throw firstOf(failed);
      await wait(Math.random() * 25 * 2 ** attempt);
    }
    overtaken.push(...now);
    left = left.filter((_, index) => failed.get(index) !== stale);
  }
  return overtaken;
}

/** That the stored item is not of the revision before. */
const stale = Symbol('stale');

/** Why nothing was written, by position; empty where all was. */
async function reasonsAgainst(
  table: ItemTable,
  items: readonly Revised[],
): Promise<ReadonlyMap<number, unknown>> {
  const puts = items.map((item) => putOf(table, item));
  const [only, ...more] = puts;
  if (!only) return new Map();
  try {
    if (more.length === 0) await table.client.send(new PutItemCommand(only));
    else
      await table.client.send(
        new TransactWriteItemsCommand({ TransactItems: puts.map((Put) => ({ Put })) }),
      );
    return new Map();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return new Map([[0, stale]]);
    if (!(error instanceof TransactionCanceledException)) throw error;
    return inTheWay(error.CancellationReasons ?? [], error);
  }
}

/** Reasons that pass; with any other, e.g. an item that is too large, a repetition is of no use. */
const passing: readonly string[] = [
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
];

function inTheWay(
  reasons: readonly CancellationReason[],
  error: unknown,
): ReadonlyMap<number, unknown> {
  const failed = new Map<number, unknown>();
  for (const [index, { Code = 'None' }] of reasons.entries()) {
    if (Code === 'ConditionalCheckFailed') failed.set(index, stale);
    else if (passing.includes(Code)) failed.set(index, error);
    else if (Code !== 'None') throw error;
  }
  if (failed.size === 0) throw error;
  return failed;
}

function firstOf(failed: ReadonlyMap<number, unknown>): unknown {
  return failed.values().next().value;
}

function putOf({ tableName }: ItemTable, item: Revised): Put {
  const Item = marshall(item, { removeUndefinedValues: true });
  const put = { TableName: tableName, Item };
  if (item.revision === 1) return { ...put, ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ...put,
    ConditionExpression: 'revision = :before',
    ExpressionAttributeValues: marshall({ ':before': item.revision - 1 }),
  };
}
