import { MalformedEventError } from '@riposte/findings';
import { answerChanged } from './answer-changed.ts';
import { trailResource } from './incident.ts';
import { apiCallOf, namedTrail } from './named-trail.ts';
import { isOwnRefusal } from './open-repair.ts';
import type { Outcome, RepairPorts } from './ports.ts';
import { tellAttempt } from './tell-trail.ts';
import { triggerOfCall } from './trigger.ts';

const answered = new Set([
  'DeleteTrail',
  'UpdateTrail',
  'PutEventSelectors',
  'PutInsightSelectors',
]);

/**
 * Answers DeleteTrail, UpdateTrail, PutEventSelectors and PutInsightSelectors in near real time. What the event claims is read again: the
 * trail as it is decides, not the call.
 *
 * @throws MalformedEventError, UnknownEventError where the event cannot be read; what `answerChanged` throws.
 */
export function restoreChangedTrail(ports: RepairPorts) {
  return async (input: unknown): Promise<readonly Outcome[]> => {
    const event = apiCallOf(input);
    if (!answered.has(event.eventName)) throw new MalformedEventError('detail.eventName');
    if (typeof event.requestParameters.eventDataStore === 'string') return [];
    const trail = namedTrail(event);
    const trigger = triggerOfCall(event, ports.clock());
    if (event.errorCode === undefined) return [await answerChanged(trail, trigger, ports)];
    if (await isOwnRefusal(trail, trigger, ports)) {
      return [{ resource: trail.arn, result: 'nothing', reason: 'a repair of Riposte itself' }];
    }
    return [await tellAttempt(trailResource(trail), event, ports)];
  };
}
