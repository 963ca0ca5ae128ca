import { sameEntries } from '../compare/content.ts';
import type { Change } from '../model/change.ts';
import type { LedgerEntry, Sighting } from '../model/ledger-entry.ts';
import type { Signal } from '../model/signal.ts';
import { changeSignals } from '../signals/change-signals.ts';
import { withFindings } from './assign-findings.ts';
import { allSignals, type Judging, judged } from './judging.ts';
import type { Ledger } from './ledger.ts';
import { withMoves } from './pair-moves.ts';

/** From which version of an inventory to which. */
export interface Step {
  readonly from: Sighting;
  readonly to: Sighting;
  /** When S3 stored the later one; ISO 8601. */
  readonly storedAt: string;
  /** What is said of things that went together, by identity. */
  readonly deletionSignals: ReadonlyMap<string, readonly Signal[]>;
}

/**
 * Takes the changes of one step into the ledger. What is as approved again leaves it; what differs is in it, whether or not a rule names
 * it, with its approved state kept from before it changed first. Nothing of the clock goes in: the same step gives the same ledger.
 *
 * @example
 * const next = foldChanges(ledger, changes, { step, judging });
 */
export function foldChanges(
  ledger: Ledger,
  changes: readonly Change[],
  { step, judging }: { readonly step: Step; readonly judging: Judging },
): Ledger {
  const next = new Map(ledger);
  const changed: LedgerEntry[] = [];
  for (const change of changes) {
    const held = ledger.get(change.identity);
    if (isAsApproved(change, held, judging)) next.delete(change.identity);
    else changed.push(entryOf(change, held, step));
  }
  const opened = withMoves(changed.filter(({ identity }) => !ledger.has(identity)));
  const again = changed.filter(({ identity }) => ledger.has(identity));
  const entries = [...opened, ...again].map((entry) => judged(entry, judging));
  const { versionId } = step.to;
  for (const entry of withFindings(entries, ledger, { versionId, judging })) {
    next.set(entry.identity, entry);
  }
  return next;
}

function isAsApproved(
  change: Change,
  held: LedgerEntry | undefined,
  { type }: Pick<Judging, 'type'>,
): boolean {
  // What cannot be read may be anything.
  if (change.unreadable === 'after' || change.unreadable === 'both') return false;
  return sameEntries(type, held?.before ?? change.before, change.after);
}

function entryOf(change: Change, held: LedgerEntry | undefined, step: Step): LedgerEntry {
  const { identity, name, before, after, unreadable } = change;
  const { from, to, storedAt, deletionSignals } = step;
  const approved = held?.before ?? before;
  return {
    ...{ identity, name, before: approved, after },
    ...((unreadable === 'after' || unreadable === 'both') && { unreadable: 'after' }),
    since: held?.since ?? { from, to },
    openedAt: held?.openedAt ?? storedAt,
    last: to,
    changes: (held?.changes ?? 0) + 1,
    signals: allSignals(
      held?.signals ?? [],
      changeSignals(before, after, to.at),
      // A log that shrank may have grown again: that is said of steps, not of the whole way.
      changeSignals(approved, after, to.at).filter((signal) => signal !== 'shrank'),
      deletionSignals.get(identity) ?? [],
    ),
    ...(held?.moved !== undefined && { moved: held.moved }),
    ...(held?.rule !== undefined && { rule: held.rule }),
    ...(held?.findingId !== undefined && { findingId: held.findingId }),
  };
}
