import type { AsffFinding } from '@riposte/findings';
import {
  type Approval,
  applyApproval,
  baselineFinding,
  type CoverageProblem,
  coverageFinding,
  type TrackedInventory,
} from '@riposte/inventory';
import type { Known } from './known.ts';
import { moveLedger } from './ledger-move.ts';
import { type LookPorts, type Move, updatedAtOf } from './looking.ts';

/** So many approvals that were taken in are remembered. */
const mostApprovals = 50;

/** Whether an approval was taken in already: those that came before all that are remembered were. */
export function isTaken({ id }: Approval, { approvals = [] }: TrackedInventory): boolean {
  const [oldest] = approvals;
  const isForgotten = approvals.length >= mostApprovals && oldest !== undefined && id < oldest;
  return isForgotten || approvals.includes(id);
}

/** An approval, and where it stands. */
export interface PlacedApproval {
  readonly approval: Approval;
  /** Versions after the one that was approved; undefined: that one is gone, so that it cannot be told what came after. */
  readonly later: ReadonlySet<string> | undefined;
}

/** Takes an approval in: what it covers is told as over, and settled by whoever gave it. One whose version is gone covers nothing. */
export async function approvedMove(
  known: Known,
  { approval, later }: PlacedApproval,
  ports: LookPorts,
): Promise<Move> {
  const { object, tracked, ledger } = known;
  const now = ports.clock().toISOString();
  const held = { ledger, baseline: tracked.baseline };
  const state = later ? applyApproval(held, approval, { later, now }) : held;
  const updatedAt = updatedAtOf(tracked, approval.at);
  const isBaseline = state.baseline !== tracked.baseline;
  const { 'baseline-lost': lost, ...others } = tracked.coverage;
  const isFound = isBaseline && lost !== undefined;
  const move = await moveLedger(
    known,
    {
      after: state.ledger,
      changes: {
        baseline: state.baseline,
        coverage: isFound ? others : tracked.coverage,
        approvals: [...(tracked.approvals ?? []), approval.id].slice(-mostApprovals),
      },
      ...{ updatedAt, ending: `approved (${approval.id})` },
    },
    ports,
  );
  const told = isBaseline ? toldOfBaseline(known, approval.id, updatedAt) : [];
  const { account, region } = object.key;
  const names = [...move.archived, ...told.map(({ Id }) => ({ id: Id, account, region }))];
  const coverage: readonly CoverageProblem[] = isFound ? ['baseline-lost'] : [];
  return {
    ...move,
    findings: [...move.findings, ...told],
    coverage,
    resolve: names.length > 0 ? [{ names, note: noteOf(approval) }] : [],
  };
}

/** What is over with the approval of a baseline: that nobody had approved it, and that the one before was lost. */
function toldOfBaseline(
  { object, tracked }: Known,
  approvalId: string,
  updatedAt: string,
): readonly AsffFinding[] {
  const { baseline, coverage } = tracked;
  const told = { place: object, baseline, createdAt: baseline.at, updatedAt, approvalId };
  const since = coverage['baseline-lost'];
  const subject = { kind: 'inventory', place: object } as const;
  const over = { subject, problem: 'baseline-lost', updatedAt, isOver: true } as const;
  return [
    baselineFinding(told),
    ...(since === undefined ? [] : [coverageFinding({ ...over, since })]),
  ];
}

function noteOf({ id, by, why, until }: Approval): string {
  const end = until === undefined ? '' : ` until ${until}`;
  return `Riposte: approved${end} by ${by}: ${why} (${id})`;
}
