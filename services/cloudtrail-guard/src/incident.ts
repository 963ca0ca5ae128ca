import { type PlannedChange, type ResponseRecord, recordId } from '@riposte/findings';
import type { TrailId } from '@riposte/remediations/cloudtrail';
import type { Mode } from '@riposte/responses';
import { type Kind, serviceName } from './kinds.ts';
import type { Trigger } from './trigger.ts';

/** How long a claim counts. What a function does under it can be done twice, so that it may be shorter than the function's time-out. */
export const leaseSeconds = 20;

/** One thing that was broken, before anything is done about it. */
export interface Incident {
  readonly kind: Kind;
  /** Tells incidents of one kind on one resource apart: the same by every path. */
  readonly discriminator: string;
  readonly resource: ResponseRecord['resource'];
  readonly trigger: Trigger;
  readonly mode: Mode;
  readonly reason?: string;
  readonly plan: readonly PlannedChange[];
  readonly before: unknown;
  /** ISO 8601: since when it is broken, where AWS says. */
  readonly broken?: string;
  readonly undo: ResponseRecord['undo'];
  /** How it will end, where nothing is changed about it. */
  readonly tells?: ResponseRecord['tells'];
}

/** Nothing changed, so nothing can be taken back. */
export const nothingToUndo: ResponseRecord['undo'] = {
  possible: false,
  how: 'Nothing was changed, so there is nothing to undo.',
};

/** A trail as a record's resource. */
export function trailResource({
  arn,
  accountId,
  region,
  partition,
}: TrailId): ResponseRecord['resource'] {
  return { arn, type: 'AWS::CloudTrail::Trail', accountId, region, partition };
}

/** The record that claims an incident: revision 0, nobody told yet. */
export function claimOf(incident: Incident, now: Date): ResponseRecord {
  const { kind, trigger, resource, mode, reason, plan, before, broken, undo, tells } = incident;
  const { path, eventId, eventName, eventTime, receivedAt, actor, finding } = trigger;
  return {
    schemaVersion: 1,
    id: recordId(kind, resource.arn, incident.discriminator),
    service: serviceName,
    kind,
    status: 'claimed',
    ...(tells !== undefined && { tells }),
    revision: 0,
    mode,
    trigger: {
      path,
      receivedAt,
      ...(eventId !== undefined && { eventId }),
      ...(eventName !== undefined && { eventName }),
      ...(eventTime !== undefined && { eventTime }),
    },
    ...(actor !== undefined && { actor }),
    ...(finding !== undefined && { finding }),
    resource,
    plan,
    calls: [],
    before,
    ...(reason !== undefined && { reason }),
    undo,
    times: { ...(broken !== undefined && { broken }), claimed: now.toISOString() },
  };
}
