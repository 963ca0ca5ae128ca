import {
  type CoverageTelling,
  coverageFinding,
  type TrackedInventory,
  trackedId,
} from '@riposte/inventory';
import { inLanes } from '@riposte/lambda';
import type { Clock } from '@riposte/responses';
import type { FindingImports, TrackedInventories } from '../ports.ts';
import type { NodeStatuses } from './follow-silence.ts';
import { afterSilence, announceSilence, silenceOf } from './silence.ts';

/** What telling of silence needs. */
export interface SilencePorts {
  readonly tracked: Pick<TrackedInventories, 'move'>;
  readonly imports: Pick<FindingImports, 'import'>;
  readonly statuses: NodeStatuses;
  readonly clock: Clock;
}

/** So many nodes are asked about at once. */
const lanes = 10;

/**
 * Tells of inventories that have fallen silent, once: announced, handed in, then noted. Whoever was looked at meanwhile is left alone, and
 * decided on in the next run.
 *
 * @returns how many were told of.
 */
export function tellSilence({ tracked, imports, statuses, clock }: SilencePorts) {
  return async (silent: readonly TrackedInventory[]): Promise<number> => {
    const announced = silent.map((one) => announceSilence(one, clock()));
    const fresh = announced.filter((one, index) => one !== silent[index]);
    const overtaken = await tracked.move(fresh);
    const ours = announced.filter((one) => !overtaken.has(trackedId(one)));
    if (ours.length === 0) return 0;
    const told: CoverageTelling[] = [];
    await inLanes(ours, lanes, async (one) => {
      told.push(await tellingOf(one));
    });
    await imports.import(told.map(coverageFinding));
    await tracked.move(ours.map(afterSilence));
    return ours.length;
  };

  async function tellingOf(one: TrackedInventory) {
    const { status } = (await statuses.read(one)) ?? {};
    const updatedAt = one.announced?.updatedAt ?? one.reportedAt;
    return silenceOf(one, updatedAt, {
      details: status === undefined ? {} : { 'node status': status },
    });
  }
}
