import type { LedgerEntry } from '../model/ledger-entry.ts';

/** What differs from the approved state of an inventory, by identity. */
export type Ledger = ReadonlyMap<string, LedgerEntry>;

/** A ledger of entries, whatever their order. */
export function ledgerOf(entries: Iterable<LedgerEntry>): Ledger {
  return new Map(Array.from(entries, (entry) => [entry.identity, entry]));
}
