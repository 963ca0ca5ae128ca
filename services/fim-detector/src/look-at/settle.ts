import type { AsffFinding } from '@riposte/findings';
import {
  type Approval,
  applyApproval,
  baselineFinding,
  coverageFinding,
  endExceptions,
  judgeAgain,
  newestPackageChange,
  type TrackedInventory,
} from '@riposte/inventory';
import { judgingOf, type Known } from './known.ts';
import { moveLedger } from './ledger-move.ts';
import { type LookPorts, type Move, updatedAtOf } from './looking.ts';

/** So many approvals that were taken in are remembered. */
const mostApprovals = 50;

/** Approvals of an inventory, and where they stand in its chain. */
export interface Unsettled {
  /** Oldest first. */
  readonly approvals: readonly Approval[];
  /** Versions after one, up to the one seen last; undefined: that one is not there. */
  laterThan(versionId: string): Promise<ReadonlySet<string> | undefined>;
}

/**
 * Takes in what is no version, before later versions are: approvals, exceptions that have ended, rules and packages that have changed.
 *
 * @returns undefined where there is nothing of it.
 */
export async function settle(
  known: Known,
  unsettled: Unsettled,
  ports: LookPorts,
): Promise<Move | undefined> {
  const { object, tracked } = known;
  const now = ports.clock().toISOString();
  const taken = new Set(tracked.approvals ?? []);
  const fresh: Approval[] = [];
  let state = { ledger: known.ledger, baseline: tracked.baseline };
  for (const approval of unsettled.approvals.filter(({ id }) => !taken.has(id))) {
    const later = await unsettled.laterThan(approval.versionId);
    if (!later) continue;
    state = applyApproval(state, approval, { later, now });
    fresh.push(approval);
  }
  const ended = endExceptions(state.ledger, now);
  const isOtherwise = isJudgedOtherwise(known, ports);
  const after = isOtherwise
    ? judgeAgain(ended.ledger, judgingOf(known, ports), tracked.seen.versionId)
    : ended.ledger;
  if (after === known.ledger && fresh.length === 0 && !isOtherwise) return undefined;
  const updatedAt = updatedAtOf(tracked, latest(tracked, fresh, ended.endedAt));
  const last = fresh.at(-1);
  const approved = toldOfBaseline(known, state.baseline, updatedAt);
  const { 'baseline-lost': lost, ...others } = tracked.coverage;
  const changes = {
    baseline: state.baseline,
    coverage: approved.length > 0 || lost === undefined ? others : tracked.coverage,
    approvals: [...taken, ...fresh.map(({ id }) => id)].slice(-mostApprovals),
  };
  const ending = last ? `approved (${last.id})` : 'it is as approved again';
  const move = await moveLedger(known, { after, changes, updatedAt, ending }, ports);
  const { account, region } = object.key;
  const names = [...move.archived, ...approved.map(({ Id }) => ({ id: Id, account, region }))];
  return {
    ...move,
    findings: [...move.findings, ...approved],
    coverage: approved.length > 0 && lost !== undefined ? ['baseline-lost'] : [],
    resolve: last && names.length > 0 ? [{ names, note: noteOf(last) }] : [],
  };
}

/** What is over with the approval of a baseline: that nobody had approved it, and that the one before was lost. */
function toldOfBaseline(
  { object, tracked }: Known,
  { approvalId }: TrackedInventory['baseline'],
  updatedAt: string,
): readonly AsffFinding[] {
  if (approvalId === undefined || approvalId === tracked.baseline.approvalId) return [];
  const { baseline } = tracked;
  const told = { place: object, baseline, createdAt: baseline.at, updatedAt, approvalId };
  const since = tracked.coverage['baseline-lost'];
  const subject = { kind: 'inventory', place: object } as const;
  const over = { subject, problem: 'baseline-lost', updatedAt, isOver: true } as const;
  return [
    baselineFinding(told),
    ...(since === undefined ? [] : [coverageFinding({ ...over, since })]),
  ];
}

/** Rules have changed since they judged the ledger, or packages of the node have. */
function isJudgedOtherwise({ tracked, packageChanges }: Known, { rules }: LookPorts): boolean {
  if (tracked.rules !== rules.digest) return true;
  return newestPackageChange(packageChanges) !== tracked.packages && tracked.ledger !== undefined;
}

function latest(
  { reportedAt }: TrackedInventory,
  approvals: readonly Approval[],
  endedAt: string | undefined,
): string {
  return [...approvals.map(({ at }) => at), endedAt ?? reportedAt, reportedAt].reduce((a, b) =>
    a > b ? a : b,
  );
}

function noteOf({ id, by, why, until }: Approval): string {
  const end = until === undefined ? '' : ` until ${until}`;
  return `Riposte: approved${end} by ${by}: ${why} (${id})`;
}
