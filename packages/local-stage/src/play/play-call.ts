import type { StageClients } from '../clients.ts';
import { isLoggedByTrail } from '../delivery/trail-coverage.ts';
import type { DeliveryApi, DeliveryReport, ServiceEvent } from '../delivery/types.ts';
import { UnknownOperationError } from '../errors.ts';
import type { AccountRegion } from '../types.ts';
import type { CallApi } from './api-clients.ts';
import { cloudTrailEvent, errorCodeOf } from './cloud-trail-event.ts';
import { eventNameOf, eventRegion, isReadOnly } from './event-name.ts';
import type { Played, PlayedCall } from './types.ts';

export interface PlayParts {
  readonly clients: StageClients;
  readonly delivery: DeliveryApi;
  readonly callApi: CallApi;
  readonly home: AccountRegion;
}

/**
 * Makes a call for real, then delivers the event that CloudTrail would send. It is sent when a trail logged the call's
 * account-Region before the call or does after it, so that the call that ends the logging is the last one heard of.
 */
export async function playCall(parts: PlayParts, call: PlayedCall): Promise<Played> {
  const where = {
    accountId: call.accountId ?? parts.home.accountId,
    region: call.region ?? parts.home.region,
  };
  const heard = () => isHeard(parts, call, where);
  const isLoggedBefore = await heard();
  const at = new Date();
  const { output, error } = await attempt(parts, call, where);
  const { service, operation, input, caller = {} } = call;
  const made = { service, operation, input, where, caller, at };
  const event = cloudTrailEvent({ ...made, output, ...(error && { error }) });
  const played = { event, output, ...(error && { errorCode: errorCodeOf(error) }) };
  if (call.deliver === false) return played;
  const isLogged = call.deliver?.always || isLoggedBefore || (await heard());
  const delivery = isLogged
    ? await parts.delivery.deliver(event, { ...call.deliver, always: true })
    : withheld(event, where);
  return { ...played, delivery };
}

async function attempt(
  parts: PlayParts,
  { service, operation, input }: PlayedCall,
  where: AccountRegion,
): Promise<{ readonly output?: unknown; readonly error?: Error }> {
  try {
    return { output: await parts.callApi({ service, operation, input, where }) };
  } catch (error) {
    // A mistake of the play itself is no failed call.
    if (error instanceof UnknownOperationError || !(error instanceof Error)) throw error;
    return { error };
  }
}

function isHeard(
  { clients }: PlayParts,
  { service, operation }: PlayedCall,
  where: AccountRegion,
): Promise<boolean> {
  const place = { ...where, region: eventRegion(service, where.region) };
  return isLoggedByTrail(clients, place, {
    eventSource: `${service}.amazonaws.com`,
    readOnly: isReadOnly(eventNameOf(service, operation)),
  });
}

function withheld({ id }: ServiceEvent, { accountId, region }: AccountRegion): DeliveryReport {
  const reason = `no trail logs this call in ${accountId} ${region}`;
  return { eventId: id, withheld: reason, matched: [], targets: [] };
}
