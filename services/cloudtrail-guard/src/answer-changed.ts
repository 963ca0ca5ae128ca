import { canonical, type TrailId } from '@riposte/remediations/cloudtrail';
import { answerDeleted } from './answer-deleted.ts';
import { TrailBusyError } from './errors.ts';
import { nothingToUndo, trailResource } from './incident.ts';
import { isOwnRepair, recentRepairs, resumeRepair } from './open-repair.ts';
import type { Outcome, RepairPorts } from './ports.ts';
import { answerByRepair } from './repair.ts';
import { repairByRestore, type Weakened, weakerThanApproved } from './repair-restore.ts';
import { seeTrail } from './see-trail.ts';
import { tellOnce } from './tell-once.ts';
import { tellUnreadable } from './tell-trail.ts';
import type { Trigger } from './trigger.ts';

/**
 * Answers a trail whose settings somebody changed: reads them, compares them with the approved baseline, and restores what is weaker.
 * A baseline is never learned from what is found.
 *
 * @throws TrailBusyError while another repair of the trail is under way; AccessRefusedError, ChangeRejectedError after people were told.
 */
export async function answerChanged(
  named: TrailId,
  trigger: Trigger,
  ports: RepairPorts,
): Promise<Outcome> {
  const trails = ports.trails();
  const sight = await seeTrail(named, trails, (trail) => trails.read(trail));
  if (sight.state === 'gone') return answerDeleted(named, trigger, ports);
  if (sight.state === 'refused')
    return tellUnreadable(named, { trigger, error: sight.error }, ports);
  const { trail, seen: current } = sight;
  const baseline = await ports.baselines.of(trail.arn);
  if (!baseline) return withoutBaseline(trail, { trigger, current }, ports);
  const weakened = { trail, baseline, current };
  if (weakerThanApproved(weakened).length === 0) {
    return {
      resource: trail.arn,
      result: 'nothing',
      reason: 'the trail is as approved, or better',
    };
  }
  return answerWeakened(weakened, trigger, ports);
}

async function answerWeakened(
  weakened: Weakened,
  trigger: Trigger,
  ports: RepairPorts,
): Promise<Outcome> {
  const { trail } = weakened;
  const recent = await recentRepairs(trail, ports);
  const weaker = weakerThanApproved(weakened);
  if (isOwnRepair(trigger, recent, { weaker, ports })) {
    return { resource: trail.arn, result: 'nothing', reason: 'a repair of Riposte itself' };
  }
  if (recent.open) {
    const resumed = await resumeRepair(recent.open, trigger, ports);
    if (resumed) return resumed;
    throw new TrailBusyError(trail.arn, recent.open.id);
  }
  return answerByRepair(await repairByRestore(weakened, trigger, ports), trigger, ports);
}

/** Without a baseline nobody can say whether a change is for the worse: people are told of a call, and the sweep has nothing to compare. */
async function withoutBaseline(
  trail: TrailId,
  { trigger, current }: { readonly trigger: Trigger; readonly current: unknown },
  ports: RepairPorts,
): Promise<Outcome> {
  const reason = 'the trail has no approved baseline to compare it with: riposte trail approve';
  if (trigger.path !== 'api-call') return { resource: trail.arn, result: 'nothing', reason };
  return tellOnce(
    {
      kind: 'trail-weakened',
      discriminator: `v0|${canonical(current)}`,
      resource: trailResource(trail),
      trigger,
      plan: [],
      before: current,
      reason,
      undo: nothingToUndo,
    },
    ports,
  );
}
