import { MalformedEventError } from '@riposte/findings';
import { answerStopped } from './answer-stopped.ts';
import { escalateRepeats } from './escalate-repeats.ts';
import { trailResource } from './incident.ts';
import { apiCallOf, namedTrail } from './named-trail.ts';
import type { GuardPorts, Outcome } from './ports.ts';
import { stopMemory } from './stop-memory.ts';
import { tellAttempt } from './tell-trail.ts';
import { triggerOfCall } from './trigger.ts';

/**
 * Answers StopLogging in near real time, whoever called it, Riposte's own roles included.
 *
 * @throws MalformedEventError, UnknownEventError where the event cannot be read; what `answerStopped` throws.
 * @example
 * export const handler = directHandler(restartStoppedTrail(ports));
 */
export function restartStoppedTrail(ports: GuardPorts) {
  const memory = stopMemory(ports.clock);
  return async (input: unknown): Promise<readonly Outcome[]> => {
    const event = apiCallOf(input);
    if (event.eventName !== 'StopLogging') throw new MalformedEventError('detail.eventName');
    const trail = namedTrail(event);
    if (event.errorCode !== undefined)
      return [await tellAttempt(trailResource(trail), event, ports)];
    const trigger = triggerOfCall(event, ports.clock());
    const outcome = await answerStopped(trail, trigger, ports);
    if (outcome.result === 'duplicate' || !memory.note(trail.arn)) return [outcome];
    const { incident } = outcome;
    const current = { trigger, ...(incident !== undefined && { incident }) };
    const escalation = await escalateRepeats(trail, current, ports);
    return escalation ? [outcome, escalation] : [outcome];
  };
}
