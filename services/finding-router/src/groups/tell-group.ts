import { inLanes, type Measure } from '@riposte/lambda';
import {
  type AlertState,
  digestDue,
  due,
  type Environment,
  type Flush,
  type GroupMessage,
  type GroupState,
  inhibitorsByKey,
  lookupsOf,
} from '@riposte/notifications';
import type { RuleSet } from '@riposte/rules';
import { StaleStateError } from '../errors.ts';
import type { Outlet, QueuedMessage } from '../finding-state.ts';
import { notificationMessage } from './notification-message.ts';
import type { GroupStore, StoredCounter, StoredGroup } from './ports.ts';

export interface TellPorts {
  readonly store: GroupStore;
  readonly outlet: Outlet;
  readonly ruleSet: RuleSet;
  clock(): Date;
  measure(measure: Measure): void;
  /** Why a template of the rules could not be used. */
  warn(problem: string): void;
}

const atOnce = 4;
const mostDue = 500;
const marksAtOnce = 16;

/** Tells of everything whose time has come: groups with news, repeats, escalations, digests. */
export function tellDue(ports: TellPorts) {
  return async (): Promise<number> => {
    const found = await ports.store.dueBy(ports.clock(), mostDue);
    const failures: unknown[] = [];
    await inLanes(found, atOnce, async (one) => {
      try {
        if ('group' in one) await tellGroup(ports)(one.group);
        else await tellDigest(ports)(one.channel);
      } catch (error) {
        // Somebody else writes it all the time: it stays due.
        if (!(error instanceof StaleStateError)) failures.push(error);
      }
    });
    // It runs: an alarm says when it does not.
    ports.measure({ name: 'TellDueHeartbeat', value: 1, unit: 'Count' });
    if (failures.length > 0) throw failures[0];
    return found.length;
  };
}

const attempts = 6;

/**
 * Tells of one group what there is to tell. What a function that died has written and not sent leaves first. Of two functions at once, one writes,
 * and the other looks again.
 *
 * @throws StaleStateError when somebody else was faster each time.
 */
export function tellGroup(ports: TellPorts) {
  return async (groupKey: string): Promise<void> => {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      if (await flushOnce(groupKey, ports)) return;
    }
    throw new StaleStateError(groupKey);
  };
}

/** False when the group was written by somebody else meanwhile. */
async function flushOnce(groupKey: string, ports: TellPorts): Promise<boolean> {
  const stored = await ports.store.group(groupKey);
  if (!stored) return true;
  await leave(stored, ports);
  const { group } = stored;
  const alerts = await ports.store.alertsOf(groupKey);
  const counters = await countersOf(group, ports);
  const environment = await environmentOf(alerts, counters, ports);
  const flush = due(group, alerts, ports.clock(), environment);
  await inLanes(flush.marks, marksAtOnce, (marked) => ports.store.mark(marked));
  for (const { reason } of flush.held) {
    ports.measure({ name: 'HeldBack', value: 1, unit: 'Count', dimensions: { reason } });
  }
  return flush.group === group || write(flush, counters, ports);
}

/** False when somebody else has written the group meanwhile: nothing of this flush counts. */
async function write(
  flush: Flush,
  before: readonly StoredCounter[],
  ports: TellPorts,
): Promise<boolean> {
  const { group, messages } = flush;
  const outbox = messages.flatMap((message) => queued(message, ports));
  const counters = flush.counters.map((counter): StoredCounter => {
    const held = before.find((one) => one.counter.channel === counter.channel);
    // A digest that was written and has not left yet leaves later.
    return { counter, outbox: held?.outbox ?? [] };
  });
  try {
    await ports.store.putGroup({ group, outbox }, counters);
  } catch (error) {
    if (error instanceof StaleStateError) return false;
    throw error;
  }
  await leave({ group, outbox }, ports);
  return true;
}

async function leave({ group, outbox }: StoredGroup, ports: TellPorts): Promise<void> {
  if (outbox.length === 0) return;
  await ports.outlet.send(outbox);
  await ports.store.groupSent(group);
}

/**
 * Sends what was over a channel's limit, as one message.
 *
 * @throws StaleStateError when somebody else was faster each time.
 */
export function tellDigest(ports: TellPorts) {
  return async (channel: string): Promise<void> => {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      if (await sendDigest(channel, ports)) return;
    }
    throw new StaleStateError(channel);
  };
}

/** False when the counter was written by somebody else meanwhile. */
async function sendDigest(channel: string, ports: TellPorts): Promise<boolean> {
  const stored = await ports.store.counter(channel);
  if (!stored) return true;
  await leaveCounter(stored, ports);
  const { counter, message } = digestDue(stored.counter, ports.clock());
  if (!message) return true;
  const outbox = queued(message, ports);
  try {
    await ports.store.putCounter({ counter, outbox });
  } catch (error) {
    if (error instanceof StaleStateError) return false;
    throw error;
  }
  await leaveCounter({ counter, outbox }, ports);
  return true;
}

async function leaveCounter({ counter, outbox }: StoredCounter, ports: TellPorts): Promise<void> {
  if (outbox.length === 0) return;
  await ports.outlet.send(outbox);
  await ports.store.counterSent(counter);
}

function queued(message: GroupMessage, { ruleSet, warn }: TellPorts): readonly QueuedMessage[] {
  const channel = ruleSet.channels.find(({ name }) => name === message.channel);
  return channel ? notificationMessage(message, channel, warn) : [];
}

async function countersOf(
  { policy }: GroupState,
  { store }: TellPorts,
): Promise<readonly StoredCounter[]> {
  const limited = [policy, ...policy.escalate].filter(({ maxPerHour }) => maxPerHour !== undefined);
  const counters: StoredCounter[] = [];
  for (const channel of new Set(limited.map((one) => one.channel))) {
    const stored = await store.counter(channel);
    if (stored) counters.push(stored);
  }
  return counters;
}

async function environmentOf(
  alerts: readonly AlertState[],
  counters: readonly StoredCounter[],
  { store, ruleSet }: TellPorts,
): Promise<Environment> {
  const { inhibitions, timeIntervals } = ruleSet;
  const targets = lookupsOf(alerts, inhibitions);
  return {
    silences: await store.silences(),
    inhibitions,
    inhibitors: inhibitorsByKey(await store.inhibitors(targets)),
    timeIntervals,
    counters: counters.map(({ counter }) => counter),
  };
}
