import type {
  DeliverOptions,
  DeliveryApi,
  DeliveryReport,
  ServiceEvent,
} from '../delivery/types.ts';
import type { HubDesk } from '../hub-desk.ts';
import { at } from '../security-hub/json.ts';
import type { AccountRegion } from '../types.ts';
import { findingsOf, loggingDisabledEvent } from './logging-disabled-finding.ts';
import type { GuardDutyForm, PlayedFinding } from './types.ts';

/**
 * Plays GuardDuty's finding of disabled logging. Its own event is delivered as it is; in ASFF and OCSF the finding goes into
 * Security Hub, which keeps it and sends the event, unless it has it already.
 */
export async function playLoggingDisabled(
  source: { readonly delivery: DeliveryApi; readonly hub: HubDesk; readonly home: AccountRegion },
  form: GuardDutyForm,
  finding: PlayedFinding & { readonly deliver?: DeliverOptions },
): Promise<{ readonly event: ServiceEvent; readonly delivery: DeliveryReport }> {
  const event = loggingDisabledEvent(form, finding, source.home);
  if (form === 'guardduty')
    return { event, delivery: await source.delivery.deliver(event, finding.deliver) };
  const where = { accountId: event.account, region: event.region };
  const heard = await source.hub.take(form, findingsOf(event), where);
  const own = heard.find(({ event: sent }) => keyOf(sent) === keyOf(event));
  if (own) return own;
  const withheld = 'Security Hub has this finding, no older than this one';
  return { event, delivery: { eventId: event.id, withheld, matched: [], targets: [] } };
}

/** What tells an event from those that Security Hub sends meanwhile: of other findings, of changes, of the other form. */
function keyOf(event: ServiceEvent): string {
  const [finding] = findingsOf(event);
  return `${event['detail-type']}|${at(finding, 'Id') ?? at(finding, 'finding_info.uid')}`;
}
