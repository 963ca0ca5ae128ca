import type { ResponseRecord } from '@riposte/findings';
import { restartTrail, type TrailId, type TrailStatus } from '@riposte/remediations/cloudtrail';
import { type Decision, decideMode } from '@riposte/responses';
import { claimOf, leaseSeconds, nothingToUndo, trailResource } from './incident.ts';
import { defaultModes } from './kinds.ts';
import { learnActor, reopen, restartUndo } from './known-incident.ts';
import type { GuardPorts, Outcome } from './ports.ts';
import { runRestart } from './run-restart.ts';
import { seeTrail } from './see-trail.ts';
import { tellGone, tellUnreadable } from './tell-trail.ts';
import type { Trigger } from './trigger.ts';

/**
 * Answers a trail that somebody says is stopped: reads it, claims the incident, starts it, reads it again, and says what became of it.
 * Before the restart there is one read and one write; the settings are read meanwhile.
 * The incident is the trail and its StopLoggingTime, which survives the restart, so that every path that comes later finds the same one.
 *
 * @param whenGone answers a trail that does not exist any more.
 * @throws AccessRefusedError, ChangeRejectedError after people were told; anything else where trying again may help.
 */
export async function answerStopped(
  named: TrailId,
  trigger: Trigger,
  ports: GuardPorts,
  whenGone: typeof tellGone = tellGone,
): Promise<Outcome> {
  const trails = ports.trails();
  const [sight, reading] = await Promise.all([
    seeTrail(named, trails, (trail) => trails.status(trail)),
    ports.settings.read(),
  ]);
  if (sight.state === 'gone') return whenGone(named, trigger, ports);
  if (sight.state === 'refused')
    return tellUnreadable(named, { trigger, error: sight.error }, ports);
  const { trail, seen: status } = sight;
  if (status.isLogging && status.stoppedAt === undefined) {
    return { resource: trail.arn, result: 'nothing', reason: 'the trail records' };
  }
  const decision = decideMode(reading, {
    kind: 'trail-stopped',
    defaultMode: defaultModes['trail-stopped'],
    resourceArn: trail.arn,
    ...(trigger.actor !== undefined && { actor: trigger.actor }),
    failOpen: true,
  });
  if (decision.mode === 'off') {
    return {
      resource: trail.arn,
      result: 'off',
      ...(decision.reason && { reason: decision.reason }),
    };
  }
  return claimAndRun({ trail, status, trigger, decision, occurrence: 1 }, ports);
}

interface Stopped {
  readonly trail: TrailId;
  readonly status: TrailStatus;
  readonly trigger: Trigger;
  readonly decision: Decision;
  /** Two stops within one tick of CloudTrail's clock have the same StopLoggingTime: the second is counted. */
  readonly occurrence: number;
}

const maxOccurrences = 20;

async function claimAndRun(stopped: Stopped, ports: GuardPorts): Promise<Outcome> {
  const { trail, trigger, status, decision, occurrence } = stopped;
  const claim = await ports.records.claim(claimOfStopped(stopped, ports.clock()), leaseSeconds);
  if (claim.claimed) return runRestart({ record: claim.record, trail, status, decision }, ports);
  const held = claim.record;
  if (held.status === 'verified' && !status.isLogging && occurrence < maxOccurrences) {
    const current = await ports.trails().status(trail);
    if (!current.isLogging) {
      const isNewer = current.stoppedAt !== status.stoppedAt;
      const next = isNewer ? 1 : occurrence + 1;
      return claimAndRun({ ...stopped, status: current, occurrence: next }, ports);
    }
  }
  if (trigger.path === 'sweep') return reopen({ held, trail, status }, ports);
  return learnActor(held, trigger, ports);
}

function claimOfStopped(stopped: Stopped, now: Date): ResponseRecord {
  const { trail, status, trigger, decision, occurrence } = stopped;
  const since = status.stoppedAt ?? 'never started';
  const changes = restartTrail.plan(trail, status);
  const { mode, reason } = decision;
  const isAct = mode === 'enforce' && changes.length > 0;
  return claimOf(
    {
      kind: 'trail-stopped',
      discriminator: occurrence === 1 ? since : `${since}|${occurrence}`,
      resource: trailResource(trail),
      trigger,
      mode,
      ...(reason !== undefined && { reason }),
      plan: changes,
      before: status,
      ...(status.stoppedAt !== undefined && { broken: status.stoppedAt }),
      undo: isAct ? restartUndo : nothingToUndo,
    },
    now,
  );
}
