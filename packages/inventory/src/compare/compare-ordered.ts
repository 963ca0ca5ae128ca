import { collectThings } from './collect-things.ts';
import type { Compared, Comparison } from './comparison.ts';
import { FingerprintSet } from './fingerprint-set.ts';
import { LineHash } from './line-hash.ts';
import { type Noted, OrderedMerge } from './ordered-merge.ts';
import type { Side, Things } from './things.ts';

/**
 * Compares lines that stand in nearly the same order: equal ones are passed side by side, as bytes. What is left is parsed, and compared by
 * the things that it speaks of, so that the result does not hang on how well the lines were matched.
 *
 * @returns undefined where too many lines have no equal nearby; nothing has been told then.
 */
export async function compareOrdered(comparison: Comparison): Promise<Compared | undefined> {
  const { type, onChange } = comparison;
  const noted = {
    hash: new LineHash(type),
    entries: new FingerprintSet(),
    unreadable: new FingerprintSet(),
  };
  const merge = new OrderedMerge(comparison, noted);
  const things = await merge.run();
  if (!things) return undefined;
  await complete(things, comparison, noted);
  const before = merge.before.facts(merge.repeated);
  const after = merge.after.facts(merge.repeated + repeatedMore(things));
  return { before, after, changes: things.tell(type, onChange) };
}

/** Of things of which equal lines were passed besides, all lines are read: the change tells what each side says of it. */
async function complete(
  things: Things,
  comparison: Comparison,
  { hash, entries, unreadable }: Noted,
): Promise<void> {
  const set = new FingerprintSet();
  const incomplete: string[] = [];
  for (const [identity, { before }] of things.byIdentity) {
    hash.ofText(identity);
    const { low, high } = hash.hash;
    const times = entries.times(low, high);
    const isKnown = times === 'never' || (times === 'once' && before.entries.length === 1);
    if (isKnown && !unreadable.has(low, high)) continue;
    incomplete.push(identity);
    set.add(low, high);
  }
  if (incomplete.length === 0) return;
  const { byIdentity } = await collectThings(comparison, { hash, set });
  for (const identity of incomplete) {
    const thing = byIdentity.get(identity);
    if (thing) things.byIdentity.set(identity, thing);
  }
}

/** How many more lines after than before speak of a thing that had been spoken of. */
function repeatedMore(things: Things): number {
  let more = 0;
  for (const { before, after } of things.byIdentity.values()) {
    more += repeatedIn(after) - repeatedIn(before);
  }
  return more;
}

function repeatedIn({ entries }: Side): number {
  return Math.max(0, entries.length - 1);
}
