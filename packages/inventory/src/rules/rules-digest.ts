import { createHash } from 'node:crypto';
import type { InventoryRule } from './inventory-rule.ts';

/** Raised when the same rules come to mean something else. */
const semantics = 1;

/** sha256 of what rules mean: not of what they are described with, nor of the order of lists in which order says nothing. */
export function rulesDigest(rules: readonly InventoryRule[]): string {
  const meaning = rules.map(({ description, expires, ...rule }) => rule);
  return createHash('sha256')
    .update(JSON.stringify(canonical({ semantics, rules: meaning }, ['rules'])))
    .digest('hex');
}

/** Members by name, lists in an order that does not depend on how they were written; except where the order is what they say. */
function canonical(value: unknown, ordered: readonly string[] = []): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => canonical(item)).toSorted(byText);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, member]) => [
        key,
        ordered.includes(key) && Array.isArray(member)
          ? member.map((item) => canonical(item))
          : canonical(member),
      ]),
  );
}

function byText(one: unknown, other: unknown): number {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
