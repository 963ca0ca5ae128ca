import { sameEntries } from '../compare/content.ts';
import type { Change } from '../model/change.ts';
import { foldChanges, type Step } from './fold-changes.ts';
import type { Judging } from './judging.ts';
import type { Ledger } from './ledger.ts';

/**
 * Carries a ledger over a gap in its chain: the version that was compared last is gone, so that the next one is a new baseline. What the
 * ledger knows stays known, as the new version has it; what else changed in the gap cannot be told any more.
 *
 * @param present everything that the new version holds, as things created.
 */
export function relocateLedger(
  ledger: Ledger,
  present: readonly Change[],
  { step, judging }: { readonly step: Step; readonly judging: Judging },
): Ledger {
  const found = new Map(
    present.filter(({ identity }) => ledger.has(identity)).map((one) => [one.identity, one]),
  );
  const changes = [...ledger.values()].flatMap((entry): Change[] => {
    const now = found.get(entry.identity);
    const after = now?.after ?? [];
    const isSame =
      now?.unreadable === undefined &&
      entry.unreadable === undefined &&
      sameEntries(judging.type, entry.after, after);
    if (isSame) return [];
    const { identity, name } = now ?? entry;
    const unreadable = now?.unreadable === undefined ? {} : { unreadable: 'after' as const };
    return [{ identity, name, before: entry.after, after, ...unreadable }];
  });
  return foldChanges(ledger, changes, { step, judging });
}
