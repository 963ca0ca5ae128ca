import {
  type Alert,
  type AlertState,
  inhibitionKeys,
  type Route,
  receive,
  routeOf,
  silenceAfter,
  wake,
  withdraw,
} from '@riposte/notifications';
import type { Channel, Inhibition } from '@riposte/rules';
import type { AlertMessage } from '../alert-step.ts';
import { StaleStateError } from '../errors.ts';
import type { Alarm, GroupStore } from './ports.ts';

export interface TakeInPorts {
  readonly store: GroupStore;
  readonly alarm: Alarm;
  readonly channels: readonly Channel[];
  readonly inhibitions: readonly Inhibition[];
  clock(): Date;
}

const attempts = 6;

/**
 * Takes in one version of an alert: it is written, its group is told when it is due, silences and inhibitions hear of it. Messages of one alert come
 * one after another; different alerts of a group at once.
 */
export function takeInAlert(ports: TakeInPorts) {
  return async (message: AlertMessage): Promise<void> => {
    if (message.kind === 'withdraw') return withdrawAlert(message.alertKey, message.at, ports);
    const { alert, notify, rule } = message;
    const route = routeOf(notify, rule, ports.channels, alert.labels);
    const before = await placeOf(alert.key, ports.store);
    const isMoved = before !== undefined && before.groupKey !== route.key;
    if (isMoved) await leaveGroup(before, alert.updatedAt, ports.store);
    const held = isMoved ? await ports.store.alert(route.key, alert.key) : before;
    const received = receive({ ...(held && { alert: held }) }, alert, route, ports.clock());
    if (received.alert) await ports.store.putAlert(received.alert);
    const stored = received.alert ?? held;
    if (!stored) return;
    await noteInhibitors(before, stored, ports);
    await noteSilences(alert, ports);
    await wakeGroup(stored, route, ports);
  };
}

/** The alert in the group that it is in. */
async function placeOf(alertKey: string, store: GroupStore): Promise<AlertState | undefined> {
  const groupKey = await store.groupOf(alertKey);
  return groupKey === undefined ? undefined : store.alert(groupKey, alertKey);
}

/** Its labels have changed: it goes on in another group. */
async function leaveGroup(alert: AlertState, at: string, store: GroupStore): Promise<void> {
  const gone = withdraw(alert, at);
  if (gone !== alert) await store.putAlert(gone);
}

/** The alert was written before: a flush that runs meanwhile has seen it, or fails its own write. */
async function wakeGroup(alert: AlertState, route: Route, ports: TakeInPorts): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const stored = await ports.store.group(route.key);
    const woken = wake(stored?.group, alert, route, ports.clock());
    if (!woken || woken === stored?.group) return;
    try {
      await ports.store.putGroup({ group: woken, outbox: stored?.outbox ?? [] });
      if (woken.nextAt !== undefined) await ports.alarm.wake(woken.key, woken.nextAt);
      return;
    } catch (error) {
      if (!(error instanceof StaleStateError) || attempt === attempts) throw error;
    }
  }
}

async function withdrawAlert(alertKey: string, at: string, ports: TakeInPorts): Promise<void> {
  const { store } = ports;
  const held = await placeOf(alertKey, store);
  if (!held) return;
  const gone = withdraw(held, at);
  if (gone !== held) await store.putAlert(gone);
  await noteInhibitors(held, { ...gone, status: 'resolved' }, ports);
  const stored = await store.group(held.groupKey);
  if (!stored) return;
  const { key, policy, values } = stored.group;
  await wakeGroup(gone, { key, policy, values }, ports);
}

/** Entries by which an open finding mutes others: those that it has now, without those that it had. */
async function noteInhibitors(
  before: AlertState | undefined,
  alert: AlertState,
  { store, inhibitions, clock }: TakeInPorts,
): Promise<void> {
  if (inhibitions.length === 0) return;
  const subject = (one: AlertState) => ({ finding: one.facts.key, labels: one.labels });
  const now = alert.status === 'resolved' ? [] : inhibitionKeys(subject(alert), inhibitions).source;
  const had = before ? inhibitionKeys(subject(before), inhibitions).source : [];
  const kept = new Set(now.map(({ key }) => key));
  const finding = alert.facts.key;
  const expiresAt = new Date(clock().getTime() + 100 * 86_400_000).toISOString();
  for (const { key, inhibition } of now) {
    await store.putInhibitor({ key, finding, inhibition, title: alert.facts.title, expiresAt });
  }
  for (const { key } of had) if (!kept.has(key)) await store.removeInhibitor(key, finding);
}

/** Silences that last until their findings are resolved. */
async function noteSilences(alert: Alert, { store, clock }: TakeInPorts): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      for (const silence of await store.silences()) {
        const after = silenceAfter(silence, alert, clock());
        if (after !== silence) await store.putSilence(silence, after);
      }
      return;
    } catch (error) {
      if (!(error instanceof StaleStateError) || attempt === attempts) throw error;
    }
  }
}
