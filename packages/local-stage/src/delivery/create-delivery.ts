import { setTimeout as sleep } from 'node:timers/promises';
import { ListTargetsByRuleCommand, type Rule, type Target } from '@aws-sdk/client-eventbridge';
import { parseArn } from '@riposte/findings';
import type { StageClients } from '../clients.ts';
import type { AccountRegion } from '../types.ts';
import { deliverMany } from './deliver-many.ts';
import { matchingRules } from './matching-rules.ts';
import { parseServiceEvent } from './parse-service-event.ts';
import { sendToTarget } from './send-to-target.ts';
import { isLoggedByTrail } from './trail-coverage.ts';
import type {
  DeliverOptions,
  DeliveryApi,
  DeliveryReport,
  ServiceEvent,
  TargetDelivery,
} from './types.ts';

/** Buses may pass events on; not for ever. EventBridge allows the same. */
const mostHops = 3;
/** These events are sent although the call itself ended the logging. */
const ownExcepted = new Set(['StopLogging', 'DeleteTrail']);

/** Delivers events of services the way EventBridge does: by its own rules, patterns and targets, read through its API. */
export function createDelivery(clients: StageClients, home: AccountRegion): DeliveryApi {
  const deliver = async (input: unknown, options: DeliverOptions = {}): Promise<DeliveryReport> => {
    const event = parseServiceEvent(input, home);
    const where = {
      accountId: options.accountId ?? event.account,
      region: options.region ?? event.region,
    };
    if (options.delayMs) await sleep(options.delayMs);
    const withheld = options.always ? undefined : await reasonToWithhold(clients, event);
    if (withheld !== undefined) return { eventId: event.id, withheld, matched: [], targets: [] };
    const place = { ...where, bus: options.bus ?? 'default', hops: 0 };
    const copies = Array.from({ length: 1 + (options.duplicates ?? 0) }, () =>
      deliverToBus(clients, event, place),
    );
    const reports = await Promise.all(copies);
    return {
      eventId: event.id,
      matched: reports[0]?.matched ?? [],
      targets: reports.flatMap(({ targets }) => targets),
    };
  };
  return {
    deliver,
    deliverMany: (events, options) => deliverMany(deliver, events, options),
  };
}

interface Place extends AccountRegion {
  readonly bus: string;
  readonly hops: number;
}

type Matched = Omit<DeliveryReport, 'eventId' | 'withheld'>;

async function deliverToBus(
  clients: StageClients,
  event: ServiceEvent,
  place: Place,
): Promise<Matched> {
  const rules = await matchingRules(clients.events(place), place.bus, event);
  const sent = await Promise.all(rules.map((rule) => fire(clients, event, { rule, place })));
  return {
    matched: [
      ...rules.map((rule) => rule.Name ?? ''),
      ...sent.flat().flatMap(({ matched }) => matched),
    ],
    targets: sent.flat().flatMap(({ targets }) => targets),
  };
}

async function fire(
  clients: StageClients,
  event: ServiceEvent,
  { rule, place }: { readonly rule: Rule; readonly place: Place },
): Promise<readonly Matched[]> {
  const question = new ListTargetsByRuleCommand({ Rule: rule.Name, EventBusName: place.bus });
  const { Targets: targets = [] } = await clients.events(place).send(question);
  return Promise.all(
    targets.map(async (target) => {
      const next = nextBus(target, place);
      if (!next)
        return { matched: [], targets: [await sendToTarget(clients, { rule, target, event })] };
      const passed: TargetDelivery = {
        ruleArn: rule.Arn ?? '',
        targetId: target.Id ?? '',
        targetArn: target.Arn ?? '',
        outcome: 'delivered',
        attempts: 1,
      };
      const further = await deliverToBus(clients, event, next);
      return { matched: further.matched, targets: [passed, ...further.targets] };
    }),
  );
}

/** The bus that a target is, perhaps of another account or Region. */
function nextBus({ Arn: text = '' }: Target, { hops }: Place): Place | undefined {
  if (!/^arn:[^:]+:events:/.test(text) || hops >= mostHops) return undefined;
  const { accountId, region, resource } = parseArn(text);
  return { accountId, region, bus: resource.replace('event-bus/', ''), hops: hops + 1 };
}

async function reasonToWithhold(
  clients: StageClients,
  event: ServiceEvent,
): Promise<string | undefined> {
  if (event['detail-type'] !== 'AWS API Call via CloudTrail') return undefined;
  const detail = new Map<string, unknown>(Object.entries(event.detail));
  if (ownExcepted.has(String(detail.get('eventName')))) return undefined;
  const where = { accountId: event.account, region: event.region };
  const isLogged = await isLoggedByTrail(clients, where, {
    eventSource: String(detail.get('eventSource')),
    readOnly: detail.get('readOnly') === true,
  });
  return isLogged ? undefined : `no trail logs this call in ${event.account} ${event.region}`;
}
