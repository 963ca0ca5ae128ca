import type { LedgerEntry } from '../model/ledger-entry.ts';
import type { Ledger } from './ledger.ts';

/**
 * Ends exceptions whose time has come: their findings are active again.
 *
 * @param now ISO 8601.
 * @returns the ledger, and when the last of them ended; the same ledger where none did.
 */
export function endExceptions(
  ledger: Ledger,
  now: string,
): { readonly ledger: Ledger; readonly endedAt?: string } {
  const ended = [...ledger.values()].filter(({ exception }) => exception && exception.until <= now);
  if (ended.length === 0) return { ledger };
  const next = new Map(ledger);
  for (const entry of ended) next.set(entry.identity, withoutException(entry));
  const endedAt = ended.map(({ exception }) => exception?.until ?? '').reduce(later);
  return { ledger: next, endedAt };
}

const later = (one: string, other: string) => (one > other ? one : other);

function withoutException({ exception: _ended, ...entry }: LedgerEntry): LedgerEntry {
  return entry;
}
