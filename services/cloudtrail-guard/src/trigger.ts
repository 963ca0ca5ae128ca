import type { Actor, ApiCallEvent, Finding, FindingRef, TriggerPath } from '@riposte/findings';
import { actorOfFinding } from './actor-of-finding.ts';

/** What set an answer off, whichever path it came by. */
export interface Trigger {
  readonly path: TriggerPath;
  readonly eventId?: string;
  readonly eventName?: string;
  /** ISO 8601. */
  readonly eventTime?: string;
  readonly receivedAt: string;
  readonly actor?: Actor;
  readonly finding?: FindingRef;
}

/** The trigger that an API call is. */
export function triggerOfCall(event: ApiCallEvent, receivedAt: Date): Trigger {
  const { eventId, eventName, eventTime, actor } = event;
  const path = 'api-call';
  return { path, eventId, eventName, eventTime, actor, receivedAt: receivedAt.toISOString() };
}

/** The trigger that a finding is. */
export function triggerOfFinding(finding: Finding, eventId: string, receivedAt: Date): Trigger {
  const { format, id, accountId, region, productArn, createdAt } = finding;
  return {
    path: format === 'guardduty' ? 'guardduty' : 'finding',
    eventId,
    eventName: 'CloudTrailLoggingDisabled',
    ...(createdAt !== undefined && { eventTime: createdAt }),
    receivedAt: receivedAt.toISOString(),
    actor: actorOfFinding(finding),
    finding: { format, id, accountId, region, ...(productArn !== undefined && { productArn }) },
  };
}

/** The trigger that the sweep is: nobody told us. */
export function triggerOfSweep(now: Date): Trigger {
  return { path: 'sweep', receivedAt: now.toISOString() };
}
