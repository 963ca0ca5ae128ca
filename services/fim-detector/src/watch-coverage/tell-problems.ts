import { coverageFinding } from '@riposte/inventory';
import { logger } from '@riposte/lambda';
import type { Clock } from '@riposte/responses';
import type { FindingImports } from '../ports.ts';
import {
  gone,
  type HeldProblem,
  move,
  problemId,
  seen,
  type WatchedProblem,
} from './watched-problem.ts';

/** Problems as they were told. */
export interface HeldProblems {
  /** Those that are not over, and those that are and are not told. */
  open(): Promise<readonly HeldProblem[]>;
  /** By id; those that there are. */
  read(ids: readonly string[]): Promise<ReadonlyMap<string, HeldProblem>>;
  /** On condition of the revision before. Resolves with ids of those that somebody else has written meanwhile. */
  write(problems: readonly HeldProblem[]): Promise<ReadonlySet<string>>;
}

/** What telling needs from the outside. */
export interface TellPorts {
  readonly problems: HeldProblems;
  readonly imports: Pick<FindingImports, 'import'>;
  readonly clock: Clock;
}

/** What somebody has looked at, and seen. */
export interface Observation {
  readonly found: readonly WatchedProblem[];
  /** Whether a problem would have been found if it were still there. */
  judges(held: HeldProblem): boolean;
}

/**
 * Tells of problems once: each is written down first, handed in, and then noted as told, so that who dies in between tells the same again
 * under the same time, which changes nothing. What is not seen any more is archived.
 *
 * @returns how many findings were handed in.
 */
export function tellProblems({ problems, imports, clock }: TellPorts) {
  return async ({ found, judges }: Observation): Promise<number> => {
    const now = clock();
    const open = await problems.open();
    const seenIds = new Set(found.map(problemId));
    const held = new Map(open.map((one) => [problemId(one), one]));
    const unknown = [...seenIds].filter((id) => !held.has(id));
    for (const [id, one] of await problems.read(unknown)) held.set(id, one);
    const moved = [
      ...found.map((one) => seen(one, held.get(problemId(one)), now)),
      ...open
        .filter((one) => !seenIds.has(problemId(one)) && judges(one))
        .map((one) => gone(one, now)),
    ].filter((one) => one !== undefined);
    return tell(moved, held);
  };

  async function tell(
    moved: readonly HeldProblem[],
    held: ReadonlyMap<string, HeldProblem>,
  ): Promise<number> {
    const changed = moved.filter((one) => held.get(problemId(one)) !== one);
    const overtaken = await problems.write(changed);
    const due = moved.filter(
      (one) => !one.isTold && one.dueAt === undefined && !overtaken.has(problemId(one)),
    );
    if (due.length === 0) return 0;
    await imports.import(due.map(coverageFinding));
    await problems.write(due.map((one) => move(one, { isTold: true })));
    for (const { problem, subject, isOver } of due)
      logger.warn('coverage has changed', { problem, subject: subject.name, isOver });
    return due.length;
  }
}
