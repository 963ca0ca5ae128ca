import type { Approval } from '../model/approval.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import type { TrackedInventory } from '../model/tracked-inventory.ts';
import { approvalCovers } from './approval-covers.ts';
import type { Ledger } from './ledger.ts';

/** Where in its chain an approval stands. */
export interface ApprovalPlace {
  /** Versions after the one that was approved, up to the one seen last: what changed in them is not covered. */
  readonly later: ReadonlySet<string>;
  /** ISO 8601: an approval that has ended by then covers nothing. */
  readonly now: string;
}

/** What is left when an approval was taken in. */
export interface Approved {
  readonly ledger: Ledger;
  readonly baseline: TrackedInventory['baseline'];
}

/**
 * Takes an approval in. Entries that it covers leave the ledger, so that their state becomes the approved one; with an end they stay, and
 * nobody is told of them until then. One without names covers the baseline, too. Taken in twice, it does no more.
 */
export function applyApproval(
  { ledger, baseline }: Approved,
  approval: Approval,
  { later, now }: ApprovalPlace,
): Approved {
  const { id, until, versionId, at } = approval;
  if (until !== undefined && until <= now) return { ledger, baseline };
  const next = new Map(ledger);
  for (const entry of ledger.values()) {
    if (later.has(entry.last.versionId) || !approvalCovers(approval, entry)) continue;
    if (until === undefined) next.delete(entry.identity);
    else next.set(entry.identity, excepted(entry, { approvalId: id, until }));
  }
  const isWhole = approval.names === undefined && until === undefined;
  const coversBaseline = isWhole && !later.has(baseline.versionId);
  return {
    ledger: next,
    baseline: coversBaseline ? { versionId, at, approvalId: id } : baseline,
  };
}

function excepted(
  entry: LedgerEntry,
  exception: NonNullable<LedgerEntry['exception']>,
): LedgerEntry {
  const isHeld = entry.exception?.approvalId === exception.approvalId;
  return isHeld ? entry : { ...entry, exception };
}
