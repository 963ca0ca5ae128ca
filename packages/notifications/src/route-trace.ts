import type { Finding } from '@riposte/findings';
import type { Notify, RuleSet } from '@riposte/rules';
import type { Alert, AlertState, AlertStatus, Labels } from './alert.ts';
import { alertOf } from './alert-of.ts';
import type { ChannelCounter } from './channel-counter.ts';
import type { Environment } from './environment.ts';
import { factsOf } from './facts-of.ts';
import { type Beside, fingerprintOf, usualChanges } from './fingerprint.ts';
import type { GroupState } from './group.ts';
import { type InhibitorEntry, inhibitorsByKey } from './inhibition.ts';
import { labelNamesOf } from './label-names.ts';
import { labelsOf } from './labels-of.ts';
import { acknowledge, receive } from './receive.ts';
import { type Route, routeOf } from './route.ts';
import { isOpen } from './settle.ts';
import type { Silence } from './silence.ts';
import { followAlert, type TraceEvent } from './trace-events.ts';

/** What the rules want for the finding, in the order in which they apply. */
export interface WantedNotice {
  readonly rule: string;
  readonly notify: Notify;
}

/** What the store holds, as far as it is known; without it, the finding is followed through an empty one. */
export interface TraceState {
  readonly alerts?: readonly AlertState[];
  readonly groups?: readonly GroupState[];
  readonly silences?: readonly Silence[];
  readonly inhibitors?: readonly InhibitorEntry[];
  readonly counters?: readonly ChannelCounter[];
}

export interface TraceRequest extends Beside {
  readonly finding: Finding;
  readonly notices: readonly WantedNotice[];
  readonly ruleSet: Pick<RuleSet, 'channels' | 'inhibitions' | 'timeIntervals'>;
  /** When the finding arrives. */
  readonly at: Date;
  readonly state?: TraceState;
}

/** The path by which a finding reaches one channel, or does not. */
export interface TracedRoute {
  readonly rule: string;
  readonly channel: string;
  /** The group's labels and their values, and how many open alerts it has already. */
  readonly group: { readonly key: string; readonly values: Labels; readonly open: number };
  /** The group that it is in already and leaves, since its labels or the rule have changed; that one hears of it. */
  readonly leaves?: string;
  readonly status: AlertStatus;
  readonly outcome: 'told' | 'digest' | 'held' | 'unchanged' | 'silent end';
  readonly events: readonly TraceEvent[];
  /** Whom it goes to when nobody acknowledges it, and when, counted from the first message. */
  readonly escalation: readonly { readonly at: string; readonly channel: string }[];
}

export interface RouteTrace {
  readonly finding: string;
  readonly title: string;
  readonly severity: string;
  readonly at: string;
  readonly routes: readonly TracedRoute[];
}

/**
 * Follows one finding that arrives at a moment: which channels are told, when, in which group, and what holds it back. It runs the very engine that tells
 * people, on a copy of its state, and sends nothing.
 *
 * @throws UnknownChannelError, InvalidDurationError, InvalidTimeIntervalError: what `rules check` refuses.
 * @example
 * routeTraceText(routeTrace({ finding, notices, ruleSet, at: new Date() }));
 */
export function routeTrace(request: TraceRequest): RouteTrace {
  const { finding, notices, at } = request;
  const { key, title, severity } = factsOf(finding, '');
  return {
    finding: key,
    title,
    severity,
    at: at.toISOString(),
    routes: notices.map((notice) => tracedRoute(arrivalOf(notice, request), request)),
  };
}

/** A finding as it comes to one channel: what to look up in a store before it is followed. */
export interface Arrival {
  readonly rule: string;
  readonly alert: Alert;
  readonly route: Route;
}

/** The arrivals that `routeTrace` follows. */
export function arrivalsOf(request: TraceRequest): readonly Arrival[] {
  return request.notices.map((notice) => arrivalOf(notice, request));
}

function tracedRoute({ rule, alert, route }: Arrival, request: TraceRequest): TracedRoute {
  const { at, state = {} } = request;
  const group = state.groups?.find(({ key }) => key === route.key);
  const all = (state.alerts ?? []).filter(({ groupKey }) => groupKey === route.key);
  const others = all.filter(({ key }) => key !== alert.key);
  const stored = all.find(({ key }) => key === alert.key);
  const left = state.alerts?.find(
    ({ key, groupKey }) => key === alert.key && groupKey !== route.key,
  );
  const items = { ...(stored && { alert: stored }), ...(group && { group }) };
  const received = receive(items, alert, route, at);
  const arrived = withAcknowledgement(received.alert ?? stored, left);
  const world = {
    group: received.group ?? group,
    alerts: [...others, ...(arrived ? [arrived] : [])],
  };
  return {
    rule,
    channel: route.policy.channel,
    group: {
      key: route.key,
      values: route.values,
      open: all.filter(isOpen).length,
    },
    ...(left && { leaves: left.groupKey }),
    status: alert.status,
    ...followAlert(alert.key, world, at, environmentOf(request)),
  };
}

/** Who has taken an alert on has taken it on in whichever group it is. */
function withAcknowledgement(
  alert: AlertState | undefined,
  left: AlertState | undefined,
): AlertState | undefined {
  return alert && left?.acknowledgement ? acknowledge(alert, left.acknowledgement) : alert;
}

function arrivalOf({ rule, notify }: WantedNotice, request: TraceRequest): Arrival {
  const { finding, at, ruleSet } = request;
  const { context = {}, riskScore } = request;
  const beside = { context, ...(riskScore !== undefined && { riskScore }) };
  const labels = labelsOf(finding, context, { id: rule }, labelNamesOf(notify, ruleSet));
  const route: Route = routeOf(notify, rule, ruleSet.channels, labels);
  const alert = alertOf(finding, {
    channel: notify.channel,
    labels,
    fingerprint: fingerprintOf(finding, notify.on ?? usualChanges, beside),
    facts: factsOf(finding, rule, beside),
    observedAt: at.toISOString(),
  });
  return { rule, alert, route };
}

function environmentOf({ ruleSet, state = {} }: TraceRequest): Environment {
  return {
    silences: state.silences ?? [],
    inhibitions: ruleSet.inhibitions,
    inhibitors: inhibitorsByKey(state.inhibitors ?? []),
    timeIntervals: ruleSet.timeIntervals,
    counters: state.counters ?? [],
  };
}
