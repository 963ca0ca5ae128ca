import { withFindings } from './assign-findings.ts';
import { type Judging, judged } from './judging.ts';
import type { Ledger } from './ledger.ts';

/**
 * Asks rules about the whole ledger: they have changed, or packages have. Entries about which nothing is new stay the same objects.
 *
 * @param versionId the version seen last: where many come under a rule at once, their finding is named after it.
 */
export function judgeAgain(ledger: Ledger, judging: Judging, versionId: string): Ledger {
  const entries = Array.from(ledger.values(), (entry) => judged(entry, judging));
  const next = withFindings(entries, ledger, { versionId, judging });
  return new Map(next.map((entry) => [entry.identity, entry]));
}
