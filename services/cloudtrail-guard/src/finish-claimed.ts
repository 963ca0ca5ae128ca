import type { ResponseRecord } from '@riposte/findings';
import { trailOf } from '@riposte/remediations/cloudtrail';
import { decideMode } from '@riposte/responses';
import { conclude } from './conclude.ts';
import { throwWorst } from './failures.ts';
import { leaseSeconds } from './incident.ts';
import { defaultModes, serviceName } from './kinds.ts';
import { isRepair, resumeRepair } from './open-repair.ts';
import type { Outcome, RepairPorts } from './ports.ts';
import { runRestart } from './run-restart.ts';
import { seeTrail } from './see-trail.ts';
import { tell } from './tell-once.ts';
import { triggerOfSweep } from './trigger.ts';

const dayMs = 86_400_000;
const mostAtOnce = 50;

/**
 * Carries on with incidents that a function claimed and died over, once their leases are over. Somebody who still works on one keeps it.
 *
 * @throws the worst failure after all others were carried on.
 */
export async function finishClaimed(ports: RepairPorts): Promise<readonly Outcome[]> {
  const since = new Date(ports.clock().getTime() - dayMs).toISOString();
  const claimed = await ports.records.list({
    since,
    status: 'claimed',
    service: serviceName,
    limit: mostAtOnce,
  });
  const outcomes: Outcome[] = [];
  const failures: unknown[] = [];
  for (const record of claimed) {
    try {
      const outcome = await finish(record, ports);
      if (outcome) outcomes.push(outcome);
    } catch (error) {
      failures.push(error);
    }
  }
  throwWorst(failures);
  return outcomes;
}

async function finish(record: ResponseRecord, ports: RepairPorts): Promise<Outcome | undefined> {
  if (record.mode === 'enforce' && isRepair(record)) {
    return resumeRepair(record, triggerOfSweep(ports.clock()), ports);
  }
  const claim = await ports.records.claim(record, leaseSeconds);
  if (!claim.claimed) return undefined;
  const isRestart = record.kind === 'trail-stopped' && record.plan.length > 0;
  return isRestart
    ? finishRestart(claim.record, ports)
    : tell(claim.record, ports, meantFor(claim.record));
}

/** What the function that died would have told. */
function meantFor(record: ResponseRecord): NonNullable<ResponseRecord['tells']> {
  const isPlan = record.mode === 'dry-run' && isRepair(record);
  return record.tells ?? (isPlan ? 'planned' : 'told');
}

async function finishRestart(record: ResponseRecord, ports: RepairPorts): Promise<Outcome> {
  const trail = trailOf(record.resource.arn, record.resource);
  const trails = ports.trails();
  const sight = await seeTrail(trail, trails, (named) => trails.status(named));
  if (sight.state !== 'seen') {
    const reason = sight.state === 'gone' ? 'the trail is not there any more' : sight.error.message;
    return conclude(ports, record, { status: 'failed', reason, times: {} });
  }
  const decision = decideMode(await ports.settings.read(), {
    kind: 'trail-stopped',
    defaultMode: defaultModes['trail-stopped'],
    resourceArn: trail.arn,
    ...(record.actor !== undefined && { actor: record.actor }),
    failOpen: true,
  });
  return runRestart({ record, trail: sight.trail, status: sight.seen, decision }, ports);
}
