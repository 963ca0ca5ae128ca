import { manyFindingId, ownFindingId } from '../findings/finding-ids.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import type { Judging } from './judging.ts';
import type { Ledger } from './ledger.ts';

/** Where one step opens more under one rule, one finding speaks of all of them. */
export const mostOwnFindings = 20;

/**
 * Gives a finding to each entry that a rule has come to name: its own, or, where there are more than twenty under one rule, one for all of
 * those. Who has one keeps it; a finding of many is its rule's, so that who comes under another rule leaves it.
 *
 * @param held the ledger before.
 * @param versionId the version that the step has come to.
 */
export function withFindings(
  entries: readonly LedgerEntry[],
  held: Ledger,
  { versionId, judging }: { readonly versionId: string; readonly judging: Judging },
): readonly LedgerEntry[] {
  const needs = new Set(entries.filter((entry) => needsFinding(entry, held, judging)));
  const counts = new Map<string | undefined, number>();
  for (const { rule } of needs) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return entries.map((entry) => {
    const { rule } = entry;
    if (rule === undefined || !needs.has(entry)) return entry;
    const isOneOfMany = (counts.get(rule) ?? 0) > mostOwnFindings;
    const findingId = isOneOfMany
      ? manyFindingId(judging, rule, versionId)
      : ownFindingId(judging, entry.identity);
    return { ...entry, findingId };
  });
}

function needsFinding(entry: LedgerEntry, held: Ledger, judging: Judging): boolean {
  const { rule, findingId, identity } = entry;
  if (rule === undefined) return false;
  if (findingId === undefined) return true;
  return findingId !== ownFindingId(judging, identity) && held.get(identity)?.rule !== rule;
}
