import { endExceptions, judgeAgain, newestPackageChange } from '@riposte/inventory';
import type { Known } from './known.ts';
import { moveLedger } from './ledger-move.ts';
import { type LookPorts, type Move, type Seen, updatedAtOf } from './looking.ts';

/** Ends exceptions whose time has come; undefined: none has. */
export async function endedMove(known: Known, ports: LookPorts): Promise<Move | undefined> {
  const { tracked } = known;
  const { ledger: after, endedAt } = endExceptions(known.ledger, ports.clock().toISOString());
  if (endedAt === undefined) return undefined;
  const updatedAt = updatedAtOf(tracked, endedAt);
  return moveLedger(known, { after, changes: {}, updatedAt, ending: 'it is excepted' }, ports);
}

/** Asks rules about the whole ledger, where they or the node's packages have changed since; undefined: they have not. */
export async function judgedMove(known: Known, ports: LookPorts): Promise<Move | undefined> {
  const { tracked, ledger, judging } = known;
  if (!isJudgedOtherwise(known, ports)) return undefined;
  const after = judgeAgain(ledger, judging, tracked.seen.versionId);
  const updatedAt = updatedAtOf(tracked, tracked.reportedAt);
  const ending = 'no rule names it any more';
  return moveLedger(known, { after, changes: {}, updatedAt, ending }, ports);
}

/** Rules have changed since they judged the ledger, or packages of the node have. */
export function isJudgedOtherwise(
  { tracked, packageChanges }: Seen,
  { rules }: Pick<LookPorts, 'rules'>,
): boolean {
  if (tracked.ledger === undefined) return false;
  const newest = newestPackageChange(packageChanges);
  return tracked.rules !== rules.digest || (newest !== undefined && newest !== tracked.packages);
}
