import { createHash } from 'node:crypto';
import type { Announcement, TrackedInventory } from '@riposte/inventory';
import type { Move } from './looking.ts';

/** What has to be written before a move's findings are handed in; undefined: nothing, or it is written already. */
export function announcementOf(
  tracked: TrackedInventory | undefined,
  { next, findings, coverage = [] }: Move,
): Announcement | undefined {
  const [first] = findings;
  // The first inventory of a node gives the same findings whoever looks.
  if (!tracked || !first) return undefined;
  const digest = digestOf(findings);
  if (tracked.announced?.digest === digest) return undefined;
  const before = tracked.announced;
  const ledgers = [...(before?.ledgers ?? []), ...(next.ledger ? [next.ledger] : [])];
  const byContent = new Map(ledgers.map((ledger) => [ledger.sha256, ledger]));
  return {
    updatedAt: first.UpdatedAt,
    digest,
    ledgers: [...byContent.values()],
    coverage: [...new Set([...(before?.coverage ?? []), ...coverage])],
  };
}

/** The findings of a move, under the time under which they were announced first. */
export function asAnnounced(tracked: TrackedInventory | undefined, move: Move): Move {
  const { announced } = tracked ?? {};
  if (announced?.digest !== digestOf(move.findings)) return move;
  const { updatedAt: UpdatedAt } = announced;
  return { ...move, findings: move.findings.map((finding) => ({ ...finding, UpdatedAt })) };
}

function digestOf(findings: Move['findings']): string {
  const timeless = findings.map(({ UpdatedAt: _at, ...finding }) => JSON.stringify(finding)).sort();
  return createHash('sha256').update(timeless.join('\n')).digest('hex');
}
