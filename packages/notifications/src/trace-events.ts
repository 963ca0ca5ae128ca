import type { AlertState } from './alert.ts';
import { due, type Flush } from './due.ts';
import type { Environment } from './environment.ts';
import type { GroupState, HeldBack } from './group.ts';
import { readingOf } from './news.ts';
import { isOpen, settled } from './settle.ts';

/** One thing that happens to an alert on its way. */
export type TraceEvent =
  | { readonly at: string; readonly kind: 'received' }
  /** People know all that the rule names. */
  | { readonly at: string; readonly kind: 'unchanged'; readonly toldAt: string }
  /** It ended before anybody was told, or its route does not tell of ends. */
  | { readonly at: string; readonly kind: 'silent-end' }
  | { readonly at: string; readonly kind: 'held'; readonly held: HeldBack }
  | {
      readonly at: string;
      readonly kind: 'told';
      readonly message: string;
      readonly status: string;
      readonly total: number;
    }
  | { readonly at: string; readonly kind: 'digest'; readonly digestAt: string };

interface World {
  readonly group: GroupState | undefined;
  readonly alerts: readonly AlertState[];
}

export interface Followed {
  readonly outcome: 'told' | 'digest' | 'held' | 'unchanged' | 'silent end';
  readonly events: readonly TraceEvent[];
  readonly escalation: readonly { readonly at: string; readonly channel: string }[];
}

/** So many runs are tried, and so far ahead, before what is held back counts as held for good. */
const mostRuns = 2_000;
const horizon = 31 * 86_400_000;

/** Runs a group from the moment at which an alert came in until people are told of it. */
export function followAlert(
  key: string,
  world: World,
  from: Date,
  environment: Environment,
): Followed {
  const at = from.toISOString();
  const received: TraceEvent = { at, kind: 'received' };
  const still = stillness(key, world, at);
  if (still) return { ...still, events: [received, ...still.events] };
  const events: TraceEvent[] = [received];
  let { group, alerts } = world;
  for (let run = 0; run < mostRuns && group?.nextAt !== undefined; run += 1) {
    const now = new Date(Math.max(Date.parse(group.nextAt), from.getTime()));
    if (now.getTime() > from.getTime() + horizon) break;
    const flush = due(group, alerts, now, environment);
    addHeld(events, flush, key, now.toISOString());
    const told = telling(flush, key, now.toISOString());
    if (told) {
      const escalation = escalationFrom(flush.group);
      return { outcome: told.kind, events: [...events, told], escalation };
    }
    alerts = marked(alerts, flush);
    group = flush.group;
  }
  return { outcome: 'held', events, escalation: [] };
}

/** What happens to an alert that nobody is told of: they know it, somebody has taken it on, or it is over. */
function stillness(key: string, { group, alerts }: World, at: string): Followed | undefined {
  const stored = alerts.find((one) => one.key === key);
  if (!stored || !group) return ended(at);
  const alert = settled(stored, group);
  const { news, cover } = readingOf(alert, group.policy);
  if (news !== undefined && news !== 'dropped') return undefined;
  if (!isOpen(alert) || !alert.told) return ended(at);
  const { groupKey, facts, told, fingerprint } = alert;
  if (!cover || told.fingerprint === fingerprint)
    return {
      ...still({ at, kind: 'unchanged', toldAt: told.at }, 'unchanged'),
      // What was told goes on to others, if nobody acknowledges it.
      ...(!cover && { escalation: escalationFrom(group) }),
    };
  const held = {
    groupKey,
    alert: key,
    finding: facts.key,
    reason: 'acknowledged',
    by: cover.by,
  } as const;
  return still(
    { at, kind: 'held', held: { ...held, detail: `${cover.via}, ${cover.at}` } },
    'held',
  );
}

function ended(at: string): Followed {
  return still({ at, kind: 'silent-end' }, 'silent end');
}

function still(event: TraceEvent, outcome: Followed['outcome']): Followed {
  return { outcome, events: [event], escalation: [] };
}

/** Each reason once, when it first holds. */
function addHeld(events: TraceEvent[], { held }: Flush, key: string, at: string): void {
  for (const one of held) {
    if (one.reason === 'rate-limit' || (one.alert !== undefined && one.alert !== key)) continue;
    const isKnown = events.some(
      (event) =>
        event.kind === 'held' && event.held.reason === one.reason && event.held.by === one.by,
    );
    if (!isKnown) events.push({ at, kind: 'held', held: one });
  }
}

function telling({ marks, messages, held }: Flush, key: string, at: string) {
  if (!marks.some((mark) => mark.key === key && mark.marks.telling)) return undefined;
  const [message] = messages.filter(({ kind }) => kind === 'news');
  const digest = held.find(({ reason }) => reason === 'rate-limit');
  if (!message) return { at, kind: 'digest', digestAt: digest?.until ?? at } as const;
  const { id, status, total } = message;
  return { at, kind: 'told', message: id, status, total } as const;
}

function escalationFrom({ escalation, policy }: GroupState): Followed['escalation'] {
  if (!escalation) return [];
  return policy.escalate.slice(escalation.level).map(({ after, channel }) => ({
    at: new Date(Date.parse(escalation.since) + after).toISOString(),
    channel,
  }));
}

function marked(alerts: readonly AlertState[], { marks }: Flush): readonly AlertState[] {
  const written = new Map(marks.map((mark) => [mark.key, mark.marks]));
  return alerts.map((alert) => {
    const marks = written.get(alert.key);
    if (!marks) return alert;
    const { told: _, telling: __, expiresAt: ___, ...rest } = alert;
    return { ...rest, ...marks };
  });
}
