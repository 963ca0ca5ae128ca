import { type ApiCallEvent, escapeText, type ResponseRecord } from '@riposte/findings';
import type { AccessRefusedError } from '@riposte/remediations';
import type { TrailId } from '@riposte/remediations/cloudtrail';
import { principalOf } from '@riposte/responses';
import { nothingToUndo, trailResource } from './incident.ts';
import type { GuardPorts, Outcome } from './ports.ts';
import { tellOnce } from './tell-once.ts';
import { type Trigger, triggerOfCall } from './trigger.ts';

/** The trail was deleted between the event and the answer: its stop is told; the deletion is answered on its own. */
export function tellGone(trail: TrailId, trigger: Trigger, ports: GuardPorts): Promise<Outcome> {
  return tellOnce(
    {
      kind: 'trail-stopped',
      discriminator: `gone|${trigger.eventId ?? trigger.receivedAt.slice(0, 13)}`,
      resource: trailResource(trail),
      trigger,
      plan: [],
      before: undefined,
      reason:
        'the trail is not there any more: nothing could be started. Its deletion is answered by itself',
      undo: nothingToUndo,
    },
    ports,
  );
}

/** What could not be read, and by which call. */
export interface Unreadable {
  readonly trigger: Trigger;
  readonly error: AccessRefusedError;
}

/**
 * Tells people that a trail cannot be read, once an hour and trail (once a day where the sweep finds it).
 *
 * @throws the error itself, so that what cannot work ends in the dead letter queue with its reason.
 */
export async function tellUnreadable(
  trail: TrailId,
  { trigger, error }: Unreadable,
  ports: GuardPorts,
): Promise<never> {
  const period = trigger.receivedAt.slice(0, trigger.path === 'sweep' ? 10 : 13);
  await tellOnce(
    {
      kind: 'trail-unreadable',
      discriminator: period,
      resource: trailResource(trail),
      trigger,
      plan: [],
      before: undefined,
      reason: `${error.message}; grant the function or the member role this permission, or exempt the trail`,
      undo: nothingToUndo,
      status: 'failed',
    },
    ports,
  );
  throw error;
}

/** Tells people of a change that AWS refused: once per resource, principal and hour, so that nobody can flood the contact. */
export function tellAttempt(
  resource: ResponseRecord['resource'],
  event: ApiCallEvent,
  ports: GuardPorts,
): Promise<Outcome> {
  const trigger = triggerOfCall(event, ports.clock());
  const who = principalOf(event.actor) ?? event.actor.arn ?? 'unknown';
  const { eventName, errorCode = '', errorMessage = '' } = event;
  const said = escapeText(`${errorCode}${errorMessage && `: ${errorMessage}`}`, 300);
  return tellOnce(
    {
      kind: 'trail-attempt',
      discriminator: `${who}|${event.eventTime.slice(0, 13)}`,
      resource,
      trigger,
      plan: [],
      before: undefined,
      reason: `${eventName} failed with ${said}`,
      undo: nothingToUndo,
    },
    ports,
  );
}
