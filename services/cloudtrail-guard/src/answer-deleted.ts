import type { TrailId } from '@riposte/remediations/cloudtrail';
import { nothingToUndo, trailResource } from './incident.ts';
import type { Outcome, RepairPorts } from './ports.ts';
import { answerByRepair } from './repair.ts';
import { repairByRecreation } from './repair-recreate.ts';
import { tellOnce } from './tell-once.ts';
import type { Trigger } from './trigger.ts';

/** Answers a trail that does not exist any more: created again from its approved baseline where that is enabled, told where there is none. */
export async function answerDeleted(
  trail: TrailId,
  trigger: Trigger,
  ports: RepairPorts,
): Promise<Outcome> {
  const baseline = await ports.baselines.of(trail.arn);
  if (baseline) {
    const repair = await repairByRecreation(trail, baseline, trigger, ports);
    return answerByRepair(repair, trigger, ports);
  }
  return tellOnce(
    {
      kind: 'trail-deleted',
      discriminator: `deleted|v0|${trigger.receivedAt.slice(0, 10)}`,
      resource: trailResource(trail),
      trigger,
      plan: [],
      before: { exists: false },
      reason:
        'the trail has no approved baseline to create it from; approve one for the trails you have: riposte trail approve',
      undo: nothingToUndo,
    },
    ports,
  );
}
