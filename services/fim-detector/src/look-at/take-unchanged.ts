import { sightingOf } from '@riposte/inventory';
import type { ListedVersion } from '../ports.ts';
import { moveCoverage } from './coverage-of.ts';
import type { Known } from './known.ts';
import { moveLedger } from './ledger-move.ts';
import { type LookPorts, type Move, type Seen, silentMove, updatedAtOf } from './looking.ts';
import type { OpenedVersion } from './open-version.ts';

const refuted = ['inventory-deleted', 'not-reporting'] as const;

/**
 * The move to a version that says what the one before said: only that it does is new, and that it is there.
 *
 * @returns undefined where it says something else, or where somebody died over a move, who may have seen something else.
 */
export function unchangedMove(
  { object, tracked }: Seen,
  { version, digest, captureTime }: OpenedVersion,
  { clock }: Pick<LookPorts, 'clock'>,
): Move | undefined {
  if (digest !== tracked.seen.digest || tracked.announced !== undefined) return undefined;
  const { storedAt, versionId } = version;
  const to = sightingOf(version, captureTime);
  const updatedAt = updatedAtOf(tracked, storedAt);
  const moment = { at: to.at, updatedAt, judged: refuted };
  const { coverage, findings } = moveCoverage(object, tracked.coverage, {}, moment);
  const { lines } = tracked.seen;
  return {
    ...silentMove({ ...tracked, seen: { ...tracked.seen, ...to, storedAt }, coverage }),
    ...{ findings, coverage: refuted },
    record: {
      ...{ object, from: tracked.seen.versionId, to: versionId, lines },
      ...{ created: 0, modified: 0, deleted: 0, unreadableLines: 0 },
      ...{ findings: findings.length, at: clock().toISOString() },
    },
  };
}

/**
 * The move over a delete marker: what was compared last stays what the next one is compared with.
 *
 * @param known reads what is known besides, where somebody died over a move.
 * @returns undefined where the deletion is told of already.
 */
export async function deletedMove(
  seen: Seen,
  { versionId, storedAt }: ListedVersion,
  { known, ports }: { readonly known: () => Promise<Known>; readonly ports: LookPorts },
): Promise<Move | undefined> {
  const { object, tracked } = seen;
  const judged = ['inventory-deleted'] as const;
  const updatedAt = updatedAtOf(tracked, storedAt);
  const found = { 'inventory-deleted': { marker: versionId } };
  const moment = { at: storedAt, updatedAt, judged };
  const { coverage, findings } = moveCoverage(object, tracked.coverage, found, moment);
  if (findings.length === 0) return undefined;
  if (tracked.announced === undefined) {
    return { ...silentMove({ ...tracked, coverage }), findings, coverage: judged };
  }
  const held = await known();
  const after = { after: held.ledger, changes: { coverage }, updatedAt };
  const move = await moveLedger(held, { ...after, ending: 'it is as approved again' }, ports);
  return { ...move, findings: [...move.findings, ...findings], coverage: judged };
}
