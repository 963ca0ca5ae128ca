import type { AsffFinding } from '@riposte/findings';
import {
  type CoverageProblem,
  coverageFinding,
  type SnapshotFacts,
  type TrackedInventory,
} from '@riposte/inventory';
import type { InventoryObject } from '../ports.ts';

/** The agent sends nothing at all past 500 files of all its filters. */
const nearLimit = 450;

type Found = Readonly<Partial<Record<CoverageProblem, Readonly<Record<string, string | number>>>>>;

/** What an inventory object itself shows to be wrong with the watch, with what is known of it. */
export function problemsOf({ key }: InventoryObject, facts: SnapshotFacts): Found {
  const { lines, nodes, problems, problemCount, truncated, bytes } = facts;
  const foreign = nodes.filter((node) => node !== key.node);
  const isNear = key.type === 'AWS:File' && lines > nearLimit;
  return {
    ...(isNear && { 'near-limit': { files: lines } }),
    ...(foreign.length > 0 && { 'foreign-node': { nodes: foreign.join(', ') } }),
    ...(problemCount > 0 && {
      'unreadable-lines': {
        count: problemCount,
        ...Object.fromEntries(problems.map(({ line, problem }) => [`line ${line}`, problem])),
      },
    }),
    ...((truncated || bytes === 0) && { truncated: { bytes, lines } }),
  };
}

/** Problems that each inventory object shows or refutes by itself. */
export const shown: readonly CoverageProblem[] = [
  ...(['near-limit', 'foreign-node', 'unreadable-lines', 'truncated'] as const),
  'inventory-deleted',
  'not-reporting',
];

/** What is newly wrong with the watch, and what is over. */
export interface CoverageMove {
  readonly coverage: TrackedInventory['coverage'];
  readonly findings: readonly AsffFinding[];
}

/** When problems are decided on, and what is known of them besides. */
export interface CoverageMoment {
  /** Since when problems are that begin; ISO 8601. */
  readonly at: string;
  readonly updatedAt: string;
  /** The problems that are decided on; all others stay as they are. */
  readonly judged?: readonly CoverageProblem[];
}

/**
 * Moves what is known of the watch: problems that are found begin or go on, those that an object refutes are over.
 */
export function moveCoverage(
  object: InventoryObject,
  before: TrackedInventory['coverage'],
  found: Found,
  { at, updatedAt, judged = shown }: CoverageMoment,
): CoverageMove {
  const subject = { kind: 'inventory', place: object } as const;
  const coverage = { ...before };
  const findings: AsffFinding[] = [];
  for (const problem of judged) {
    const details = found[problem];
    const since = before[problem];
    if (details && since === undefined) {
      coverage[problem] = at;
      findings.push(coverageFinding({ subject, problem, since: at, updatedAt, details }));
    } else if (!details && since !== undefined) {
      delete coverage[problem];
      findings.push(coverageFinding({ subject, problem, since, updatedAt, isOver: true }));
    }
  }
  return { coverage, findings };
}
