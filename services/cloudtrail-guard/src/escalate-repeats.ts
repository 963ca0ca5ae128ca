import type { ResponseRecord } from '@riposte/findings';
import type { TrailId } from '@riposte/remediations/cloudtrail';
import { containmentPlan } from './containment-plan.ts';
import { nothingToUndo, trailResource } from './incident.ts';
import type { GuardPorts, Outcome } from './ports.ts';
import { windowMs } from './stop-memory.ts';
import { tellOnce } from './tell-once.ts';
import type { Trigger } from './trigger.ts';

const hourMs = 3_600_000;
const stopsToEscalate = 3;
const stopKinds = new Set(['trail-stopped', 'trail-blinded']);

/**
 * Escalates a trail that was stopped three times within ten minutes, once an hour: with a plan that contains whoever did it, for a person to approve.
 *
 * @param current the incident just answered, which the index may not show yet.
 */
export async function escalateRepeats(
  trail: TrailId,
  current: { readonly trigger: Trigger; readonly incident?: string },
  ports: GuardPorts,
): Promise<Outcome | undefined> {
  const now = ports.clock().getTime();
  const since = new Date(now - hourMs).toISOString();
  const held = await ports.records.onResource(trail.arn, since);
  if (held.some(({ kind }) => kind === 'trail-stopped-repeatedly')) return undefined;
  const windowStart = new Date(now - windowMs).toISOString();
  const stops = held.filter(
    ({ kind, times }) => stopKinds.has(kind) && times.claimed >= windowStart,
  );
  const ids = new Set(
    [...stops.map(({ id }) => id), current.incident].filter((id) => id !== undefined),
  );
  if (ids.size < stopsToEscalate) return undefined;
  const actor = current.trigger.actor ?? lastActor(stops);
  const trigger = { ...current.trigger, ...(actor !== undefined && { actor }) };
  return tellOnce(
    {
      kind: 'trail-stopped-repeatedly',
      discriminator: stops[0]?.id ?? [...ids].join(),
      resource: trailResource(trail),
      trigger,
      plan: containmentPlan(actor, ports.clock()),
      before: { incidents: [...ids] },
      reason: `${ids.size} stops within ten minutes; the plan below contains the principal and waits for a person's approval`,
      undo: nothingToUndo,
      status: 'planned',
    },
    ports,
  );
}

function lastActor(stops: readonly ResponseRecord[]): ResponseRecord['actor'] {
  return stops.findLast(({ actor }) => actor?.arn !== undefined)?.actor;
}
