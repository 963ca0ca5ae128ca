import type { Entry } from '../model/entry.ts';
import type { InventoryType } from '../model/inventory-type.ts';
import { attributeOf } from '../types/identify.ts';
import { instantText } from '../types/instant-text.ts';

/** What an attribute means: the same for equal instants that are written differently. */
function meaningOf(type: InventoryType, { attributes }: Entry, name: string): string {
  const text = attributeOf(attributes, name);
  return type.times.includes(name) ? instantText(text) : text;
}

/** What an entry says of its thing, as text: two say the same exactly where it is equal. */
export function contentOf(type: InventoryType, entry: Entry): string {
  return JSON.stringify(type.compare.map((name) => meaningOf(type, entry, name)));
}

/**
 * Whether entries of one thing say the same of it. Their order means nothing, how many say the same does.
 *
 * @example
 * sameEntries(inventoryType('AWS:File'), change.before, change.after); // false
 */
export function sameEntries(
  type: InventoryType,
  a: readonly Entry[],
  b: readonly Entry[],
): boolean {
  if (a.length !== b.length) return false;
  const [one] = a;
  const [other] = b;
  if (a.length === 1 && one && other) return contentOf(type, one) === contentOf(type, other);
  return unmatched(type, a, b).length === 0;
}

/**
 * Names of the compared attributes in which entries of one thing differ. Empty where there are none on a side, and where only their number
 * changed.
 */
export function differingAttributes(
  type: InventoryType,
  before: readonly Entry[],
  after: readonly Entry[],
): readonly string[] {
  if (before.length === 0 || after.length === 0) return [];
  const differing = [...unmatched(type, before, after), ...unmatched(type, after, before)];
  return type.compare.filter(
    (name) => new Set(differing.map((entry) => meaningOf(type, entry, name))).size > 1,
  );
}

/** Entries that have no equal among the others; each of the others is the equal of one. */
function unmatched(
  type: InventoryType,
  entries: readonly Entry[],
  others: readonly Entry[],
): readonly Entry[] {
  const counts = new Map<string, number>();
  for (const entry of others) {
    const content = contentOf(type, entry);
    counts.set(content, (counts.get(content) ?? 0) + 1);
  }
  return entries.filter((entry) => {
    const content = contentOf(type, entry);
    const count = counts.get(content) ?? 0;
    counts.set(content, count - 1);
    return count <= 0;
  });
}
