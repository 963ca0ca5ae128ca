import type { OrganizationalUnits } from './ports.ts';

/** Accounts move rarely; a function keeps what it read for this long. */
const keptMs = 3_600_000;

/**
 * Asks once for each account and hour. An answer that failed is asked for again.
 *
 * @param clock milliseconds since 1970.
 */
export function cachedUnits(units: OrganizationalUnits, clock: () => number): OrganizationalUnits {
  const held = new Map<
    string,
    { readonly until: number; readonly answer: Promise<readonly string[]> }
  >();
  return {
    of(accountId) {
      const known = held.get(accountId);
      if (known && known.until > clock()) return known.answer;
      const answer = units.of(accountId);
      held.set(accountId, { until: clock() + keptMs, answer });
      answer.catch(() => held.delete(accountId));
      return answer;
    },
  };
}
