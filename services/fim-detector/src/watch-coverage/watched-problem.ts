import { type CoverageProblem, type CoverageSubject, coverageFindingId } from '@riposte/inventory';

/** What is watched besides inventories, whose own items say what is wrong with them. */
export type WatchedSubject = Exclude<CoverageSubject, { readonly kind: 'inventory' }>;

/** A problem of a node, a bucket or a sync, as it is seen now. */
export interface WatchedProblem {
  readonly subject: WatchedSubject;
  readonly problem: CoverageProblem;
  /** What is known of it. Anybody's text. */
  readonly details: Readonly<Record<string, string | number>>;
  /** Milliseconds that it may last before anybody is told. */
  readonly grace?: number;
}

/** A problem as it was told, or is about to be. */
export interface HeldProblem extends Omit<WatchedProblem, 'grace'> {
  /** Counts up by one with each write: who writes read the one before. */
  readonly revision: number;
  readonly since: string;
  /** `UpdatedAt` of the finding about it; rises. */
  readonly updatedAt: string;
  readonly isOver: boolean;
  /** Whether Security Hub knows it like this. */
  readonly isTold: boolean;
  /** Nobody is told before, and nobody has been. */
  readonly dueAt?: string;
}

/** Which problem of which subject: the id of its finding. */
export function problemId({
  subject,
  problem,
}: Pick<WatchedProblem, 'subject' | 'problem'>): string {
  return coverageFindingId(subject, problem);
}

/** Security Hub forgets findings 90 days after their last update. */
export const remindAfter = 30 * 24 * 3_600_000;

/**
 * What becomes of a problem that is seen: told once, and again only where it comes back or would be forgotten.
 *
 * @returns undefined where there is nothing to do.
 */
export function seen(
  { grace = 0, ...found }: WatchedProblem,
  held: HeldProblem | undefined,
  now: Date,
): HeldProblem | undefined {
  if (!held || held.isOver) {
    return {
      ...found,
      revision: (held?.revision ?? 0) + 1,
      since: now.toISOString(),
      updatedAt: later(now, held),
      isOver: false,
      isTold: false,
      ...(grace > 0 && { dueAt: new Date(now.getTime() + grace).toISOString() }),
    };
  }
  if (!held.isTold) return due(held, now);
  if (now.getTime() - Date.parse(held.updatedAt) < remindAfter) return undefined;
  return move(held, { updatedAt: later(now, held), isTold: false });
}

/** What becomes of a problem that is not seen any more. What nobody was told of is over without a word. */
export function gone(held: HeldProblem, now: Date): HeldProblem | undefined {
  if (held.isOver) return held.isTold ? undefined : held;
  const isSecret = held.dueAt !== undefined;
  return move(withoutGrace(held), { updatedAt: later(now, held), isOver: true, isTold: isSecret });
}

/** The same problem, written once more. */
export function move(held: HeldProblem, changes: Partial<HeldProblem>): HeldProblem {
  return { ...held, ...changes, revision: held.revision + 1 };
}

/** One that nobody knows: written down as being told once its grace is over. Without grace, it may have been told by who died. */
function due(held: HeldProblem, now: Date): HeldProblem | undefined {
  if (held.dueAt === undefined) return held;
  return held.dueAt <= now.toISOString() ? move(withoutGrace(held), {}) : undefined;
}

function withoutGrace({ dueAt: _due, ...held }: HeldProblem): HeldProblem {
  return held;
}

function later(now: Date, held: HeldProblem | undefined): string {
  const told = held ? Date.parse(held.updatedAt) + 1 : 0;
  return new Date(Math.max(now.getTime(), told)).toISOString();
}
