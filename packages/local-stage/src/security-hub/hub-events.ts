import { randomUUID } from 'node:crypto';
import type { AccountRegion } from '../types.ts';
import type { ActionTarget } from './hub-state.ts';
import { at } from './json.ts';
import type { HubContext } from './ports.ts';
import type { JsonObject, SecurityHubDetailType, SecurityHubEvent } from './types.ts';

type Body = Pick<SecurityHubEvent, 'resources' | 'detail'>;

function eventOf(
  type: SecurityHubDetailType,
  { accountId, region }: AccountRegion,
  time: Date,
  body: Body,
): SecurityHubEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': type,
    source: 'aws.securityhub',
    account: accountId,
    time: time.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region,
    ...body,
  };
}

/** A finding in ASFF is new or has changed: everyone who sees it gets an event. */
export function publishImported(
  { states, clock, publish }: HubContext,
  owner: AccountRegion,
  finding: JsonObject,
): void {
  const body = {
    resources: [`${finding.ProductArn}/${finding.Id}`],
    detail: { findings: [finding] },
  };
  for (const scope of states.audienceOf(owner))
    publish(eventOf('Security Hub Findings - Imported', scope, clock(), body), scope);
}

/** A finding in OCSF is new or has changed: everyone who sees it gets an event. */
export function publishImportedV2(
  { states, clock, publish }: HubContext,
  owner: AccountRegion,
  finding: JsonObject,
): void {
  const body = {
    resources: [String(at(finding, 'metadata.uid'))],
    detail: { findings: [finding] },
  };
  for (const scope of states.audienceOf(owner))
    publish(eventOf('Findings Imported V2', scope, clock(), body), scope);
}

/** Somebody sent a finding to a custom action. The event goes to the action's own account and Region only. */
export function publishCustomAction(
  { clock, publish }: HubContext,
  scope: AccountRegion,
  target: ActionTarget,
  finding: JsonObject,
): void {
  const body = {
    resources: [target.ActionTargetArn],
    detail: {
      actionName: target.Name,
      actionDescription: target.Description,
      findings: [finding],
    },
  };
  publish(eventOf('Security Hub Findings - Custom Action', scope, clock(), body), scope);
}
