import {
  type AlertState,
  type Arrival,
  type ChannelCounter,
  type GroupState,
  type InhibitorEntry,
  inhibitionKeys,
  lookupsOf,
  type Silence,
  type TraceState,
} from '@riposte/notifications';
import type { HistoryEntry, Inhibition } from '@riposte/rules';

/** What the finding router of a deployment remembers, as the router itself reads it. Nothing is written. */
export interface RouterMemory {
  /** The deployment, for people: stage, account, Region. */
  readonly name: string;
  silences(): Promise<readonly Silence[]>;
  /** The group that an alert is in. */
  groupOf(alertKey: string): Promise<string | undefined>;
  group(key: string): Promise<GroupState | undefined>;
  alertsOf(groupKey: string): Promise<readonly AlertState[]>;
  counter(channel: string): Promise<ChannelCounter | undefined>;
  /** Open findings that mute others under these keys. */
  inhibitors(keys: readonly string[]): Promise<readonly InhibitorEntry[]>;
  /** How often a control failed on a resource. */
  history(resource: string, control: string): Promise<HistoryEntry | undefined>;
}

/** What a deployment holds about the way of a finding: its groups with all that is in them, silences, limits, and who inhibits. */
export async function stateAround(
  arrivals: readonly Arrival[],
  memory: RouterMemory,
  inhibitions: readonly Inhibition[],
): Promise<TraceState> {
  const places = await Promise.all(arrivals.map(({ alert }) => memory.groupOf(alert.key)));
  const own = arrivals.map(({ route }) => route.key);
  const keys = unique([...own, ...places.filter((key) => key !== undefined)]);
  const [alerts, groups, counters, silences] = await Promise.all([
    Promise.all(keys.map((key) => memory.alertsOf(key))),
    Promise.all(unique(own).map((key) => memory.group(key))),
    Promise.all(unique(arrivals.flatMap(limitedChannels)).map((name) => memory.counter(name))),
    memory.silences(),
  ]);
  const lookups = unique([
    ...lookupsOf(alerts.flat(), inhibitions),
    ...arrivals.flatMap(
      ({ alert: { facts, labels } }) =>
        inhibitionKeys({ finding: facts.key, labels }, inhibitions).target,
    ),
  ]);
  return {
    alerts: alerts.flat(),
    groups: groups.filter((group) => group !== undefined),
    counters: counters.filter((counter) => counter !== undefined),
    silences,
    inhibitors: await memory.inhibitors(lookups),
  };
}

function limitedChannels({ route: { policy } }: Arrival): readonly string[] {
  return [policy, ...policy.escalate]
    .filter(({ maxPerHour }) => maxPerHour !== undefined)
    .map(({ channel }) => channel);
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
