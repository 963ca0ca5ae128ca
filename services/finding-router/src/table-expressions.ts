import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Change, Item, Versioned } from './table.ts';

export const plain = { removeUndefinedValues: true } as const;

/** The condition under which an item is written. */
export function onVersionBefore({ onVersion, orGone }: Pick<Versioned, 'onVersion' | 'orGone'>) {
  if (onVersion === undefined) return {};
  const isGone = 'attribute_not_exists(pk)';
  if (onVersion === 0) return { ConditionExpression: isGone };
  const isBefore = '#version = :before';
  return {
    ConditionExpression: orGone ? `${isGone} OR ${isBefore}` : isBefore,
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: marshall({ ':before': onVersion }),
  };
}

/** How members of an item are changed. */
export function updateOf(members: Item, { onVersion, ifThere }: Change) {
  const names = Object.keys(members);
  const given = names.filter((name) => members[name] !== undefined);
  const gone = names.filter((name) => members[name] === undefined);
  const sets = given.map((name) => `#${name} = :${name}`).join(', ');
  const removes = gone.map((name) => `#${name}`).join(', ');
  const values: Record<string, unknown> = Object.fromEntries(
    given.map((name) => [`:${name}`, members[name]]),
  );
  const conditions: string[] = [];
  if (ifThere) conditions.push('attribute_exists(pk)');
  if (onVersion !== undefined) {
    conditions.push('#version = :onVersion');
    names.push('version');
    values[':onVersion'] = onVersion;
  }
  return {
    UpdateExpression: `${sets && `SET ${sets}`} ${removes && `REMOVE ${removes}`}`.trim(),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: marshall(values, plain) }),
    ...(conditions.length > 0 && { ConditionExpression: conditions.join(' AND ') }),
  };
}

/** A condition does not hold, or somebody is writing one of several items. */
export function isStale(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = new Set((error.CancellationReasons ?? []).map(({ Code }) => Code));
  return codes.has('ConditionalCheckFailed') || codes.has('TransactionConflict');
}
