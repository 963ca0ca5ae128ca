import { createHash } from 'node:crypto';
import {
  type Announcement,
  type CoverageSubject,
  coverageFinding,
  coverageFindingId,
  type TrackedInventory,
} from '@riposte/inventory';
import { type Move, updatedAtOf } from './looking.ts';

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
  const told = new Set(findings.map(({ Id }) => Id));
  const problems = coverage.filter((problem) =>
    told.has(coverageFindingId(subjectOf(next), problem)),
  );
  const ledgers = [...(before?.ledgers ?? []), ...(next.ledger ? [next.ledger] : [])];
  const byContent = new Map(ledgers.map((ledger) => [ledger.sha256, ledger]));
  return {
    updatedAt: first.UpdatedAt,
    digest,
    ledgers: [...byContent.values()],
    coverage: [...new Set([...(before?.coverage ?? []), ...problems])],
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

function subjectOf({ bucket, key }: TrackedInventory): CoverageSubject {
  return { kind: 'inventory', place: { bucket, key } };
}

/**
 * A move that also tells of problems of coverage which somebody had announced and may have told before dying, where it does not tell of
 * them anyway: as they stand after it.
 */
export function withAnnouncedCoverage(tracked: TrackedInventory | undefined, move: Move): Move {
  if (!tracked?.announced) return move;
  const { next } = move;
  const subject = subjectOf(next);
  const told = new Set(move.findings.map(({ Id }) => Id));
  const untold = tracked.announced.coverage.filter(
    (problem) => !told.has(coverageFindingId(subject, problem)),
  );
  const updatedAt = move.findings[0]?.UpdatedAt ?? updatedAtOf(tracked, tracked.reportedAt);
  const findings = untold.map((problem) => {
    const since = next.coverage[problem];
    const begun = since ?? tracked.coverage[problem] ?? tracked.reportedAt;
    const isOver = since === undefined;
    return coverageFinding({ subject, problem, since: begun, updatedAt, isOver });
  });
  return { ...move, findings: [...move.findings, ...findings] };
}
