import { escapeText } from '@riposte/findings';
import type { HeldBack } from './group.ts';
import type { RouteTrace, TracedRoute } from './route-trace.ts';
import type { TraceEvent } from './trace-events.ts';

/** Of a line of a terminal, what somebody else wrote takes so many characters. */
const longest = 300;

const outcomes: Readonly<Record<TracedRoute['outcome'], string>> = {
  told: 'told',
  digest: 'told in a digest',
  held: 'not told',
  unchanged: 'nothing new',
  'silent end': 'ends unheard',
};

/** A trace in words, for a terminal. What the provider wrote is escaped. */
export function routeTraceText({ title, severity, at, routes }: RouteTrace): string {
  const head = `${severity} ${escapeText(title, longest)}\nat ${at}`;
  if (routes.length === 0) return `${head}\n\nNo rule tells anybody.\n`;
  return `${head}\n\n${routes.map(routeText).join('\n')}`;
}

function routeText(traced: TracedRoute): string {
  const { rule, channel, group, leaves, outcome, events, escalation } = traced;
  const values = Object.entries(group.values).map(([name, value]) => `${name}=${value || '""'}`);
  const others = group.open === 0 ? 'new' : `${group.open} open`;
  const lines = [
    `${rule} -> ${channel}: ${outcomes[outcome]}`,
    `  group ${values.length === 0 ? '(one for all)' : escapeText(values.join(', '), longest)} (${others})`,
    ...(leaves === undefined ? [] : [`  it leaves the group ${leaves}, which hears of it`]),
    ...events.map((event) => `  ${event.at}  ${eventText(event)}`),
    ...escalation.map((step) => `  ${step.at}  ${step.channel}, if nobody acknowledges it`),
  ];
  return `${lines.join('\n')}\n`;
}

function eventText(event: TraceEvent): string {
  switch (event.kind) {
    case 'received':
      return 'comes in';
    case 'unchanged':
      return `nothing that the rule names has changed since ${event.toldAt}`;
    case 'silent-end':
      return 'is over; nobody is told';
    case 'held':
      return heldText(event.held);
    case 'told':
      return `${event.status} message, ${event.total === 1 ? '1 finding' : `${event.total} findings`}`;
    case 'digest':
      return `over the limit of the channel: in the digest of ${event.digestAt}`;
  }
}

const reasons: Readonly<Record<HeldBack['reason'], string>> = {
  silence: 'silenced by',
  inhibition: 'inhibited by',
  mute: 'muted by',
  inactive: 'outside of',
  acknowledged: 'acknowledged by',
  'rate-limit': 'over the limit of',
};

function heldText({ reason, by, detail, until }: HeldBack): string {
  const why = detail === undefined ? '' : ` (${detail})`;
  const end = until === undefined ? '' : ` until ${until}`;
  return `${escapeText(`${reasons[reason]} ${by}${why}`, longest)}${end}`;
}
