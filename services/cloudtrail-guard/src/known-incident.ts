import type { ResponseRecord } from '@riposte/findings';
import { RemediationError } from '@riposte/remediations';
import type { TrailId, TrailStatus } from '@riposte/remediations/cloudtrail';
import { decideMode, StaleRecordError } from '@riposte/responses';
import { defaultModes } from './kinds.ts';
import type { GuardPorts, Outcome } from './ports.ts';
import { quietOnFailure } from './quiet-on-failure.ts';
import { runRestart } from './run-restart.ts';
import type { Trigger } from './trigger.ts';

/** A stop that was answered before, and the trail as it is now. */
export interface HeldStop {
  readonly held: ResponseRecord;
  readonly trail: TrailId;
  readonly status: TrailStatus;
}

/**
 * What the sweep does with a trail that is still stopped although its incident was concluded: if the switch, a mode or a permission kept
 * the answer back and does no more, the trail is started now, as a further outcome of the same incident.
 */
export async function reopen(
  { held, trail, status }: HeldStop,
  ports: GuardPorts,
): Promise<Outcome> {
  const duplicate: Outcome = { resource: trail.arn, result: 'duplicate', incident: held.id };
  const isOpen = ['told', 'planned', 'failed'].includes(held.status) && !status.isLogging;
  if (!isOpen) return duplicate;
  const decision = decideMode(await ports.settings.read(), {
    kind: 'trail-stopped',
    defaultMode: defaultModes['trail-stopped'],
    resourceArn: trail.arn,
    ...(held.actor !== undefined && { actor: held.actor }),
    failOpen: true,
  });
  if (decision.mode !== 'enforce') return duplicate;
  const { reason: _reason, ...rest } = held;
  const record: ResponseRecord = { ...rest, mode: 'enforce', undo: restartUndo };
  return runRestart({ record, trail, status, decision }, quietOnFailure(ports)).catch(
    (error: unknown) => {
      if (!(error instanceof RemediationError)) throw error;
      return { ...duplicate, result: 'failed' as const, reason: error.message };
    },
  );
}

/** How a restart is taken back. */
export const restartUndo: ResponseRecord['undo'] = {
  possible: true,
  how: 'stops the trail again; exempt it first, or Riposte starts it once more',
};

/**
 * Adds who did it to an incident that a path reported which did not know: the sweep, or a finding. Nobody is told again; the record, the
 * bus and the evidence bucket learn it.
 */
export async function learnActor(
  held: ResponseRecord,
  { actor, path, eventId, eventName, eventTime }: Trigger,
  ports: GuardPorts,
): Promise<Outcome> {
  const duplicate: Outcome = {
    resource: held.resource.arn,
    result: 'duplicate',
    incident: held.id,
  };
  const isKnown = held.actor?.arn !== undefined || held.actor?.issuerArn !== undefined;
  if (isKnown || path !== 'api-call' || held.status === 'claimed' || actor === undefined) {
    return duplicate;
  }
  const { message: _message, ...silent } = held;
  const named = {
    ...(eventId && { eventId }),
    ...(eventName && { eventName }),
    ...(eventTime && { eventTime }),
  };
  try {
    await ports.records.conclude({
      ...silent,
      actor,
      trigger: { ...held.trigger, ...named },
      revision: held.revision + 1,
    });
  } catch (error) {
    if (!(error instanceof StaleRecordError)) throw error;
  }
  return duplicate;
}
