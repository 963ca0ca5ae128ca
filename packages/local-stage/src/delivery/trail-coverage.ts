import {
  type AdvancedEventSelector,
  DescribeTrailsCommand,
  type EventSelector,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail';
import type { StageClients } from '../clients.ts';
import type { AccountRegion } from '../types.ts';

/** What of a management event decides whether a trail logs it. */
export interface LoggedCall {
  readonly eventSource: string;
  readonly readOnly: boolean;
}

/**
 * Says whether a trail of the account-Region logs a call now. Only such calls reach EventBridge as events.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export async function isLoggedByTrail(
  clients: Pick<StageClients, 'cloudTrail'>,
  where: AccountRegion,
  call: LoggedCall,
): Promise<boolean> {
  const client = clients.cloudTrail(where);
  const { trailList = [] } = await client.send(new DescribeTrailsCommand({}));
  const logged = await Promise.all(
    trailList.map(async ({ TrailARN: arn }) => {
      const [status, selectors] = await Promise.all([
        client.send(new GetTrailStatusCommand({ Name: arn })),
        client.send(new GetEventSelectorsCommand({ TrailName: arn })),
      ]);
      if (!status.IsLogging) return false;
      return selectors.AdvancedEventSelectors?.length
        ? selectors.AdvancedEventSelectors.some((selector) => admitsAdvanced(selector, call))
        : (selectors.EventSelectors ?? []).some((selector) => admits(selector, call));
    }),
  );
  return logged.includes(true);
}

/** True when a basic selector takes management events of that kind. */
export function admits(selector: EventSelector, { eventSource, readOnly }: LoggedCall): boolean {
  if (selector.IncludeManagementEvents === false) return false;
  if (selector.ExcludeManagementEventSources?.includes(eventSource)) return false;
  const kind = selector.ReadWriteType ?? 'All';
  return kind === 'All' || kind === (readOnly ? 'ReadOnly' : 'WriteOnly');
}

/** True when an advanced selector takes management events of that kind. */
export function admitsAdvanced(
  { FieldSelectors = [] }: AdvancedEventSelector,
  { eventSource, readOnly }: LoggedCall,
): boolean {
  const values: Readonly<Record<string, string>> = {
    eventCategory: 'Management',
    readOnly: String(readOnly),
    eventSource,
  };
  return FieldSelectors.every(({ Field = '', Equals, NotEquals }) => {
    const value = values[Field];
    if (value === undefined) return true;
    return (Equals?.includes(value) ?? true) && !NotEquals?.includes(value);
  });
}
