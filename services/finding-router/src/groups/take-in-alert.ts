import {
  type Alert,
  type AlertState,
  acknowledge,
  inhibitionKeys,
  type Route,
  receive,
  routeOf,
  silenceAfter,
  withdraw,
} from '@riposte/notifications';
import type { Channel, Inhibition } from '@riposte/rules';
import type { AlertMessage } from '../alert-step.ts';
import { StaleStateError } from '../errors.ts';
import type { GroupStore } from './ports.ts';
import { type WakePorts, wakeGroup } from './wake-group.ts';

export interface TakeInPorts extends WakePorts {
  readonly channels: readonly Channel[];
  readonly inhibitions: readonly Inhibition[];
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
    // A version that comes late moves nothing.
    if (before && before.updatedAt > alert.updatedAt) return;
    const stored = await putInGroup(alert, { before, route }, ports);
    await noteInhibitors(before, stored, ports);
    await noteSilences(alert, ports);
    await wakeGroup(stored, route, ports);
    // Last: a function that dies before is repeated from where the alert was.
    await ports.store.place(stored);
  };
}

interface Placing {
  readonly before: AlertState | undefined;
  readonly route: Route;
}

/** Writes the alert into the group of its route, and takes it out of the one that it was in. */
async function putInGroup(
  alert: Alert,
  { before, route }: Placing,
  ports: TakeInPorts,
): Promise<AlertState> {
  const { store } = ports;
  if (before?.groupKey === route.key) return putVersion(alert, before, route, ports);
  const stored = await putVersion(alert, await store.alert(route.key, alert.key), route, ports);
  if (!before) return stored;
  await leaveGroup(before, alert.updatedAt, ports);
  const { acknowledgement } = before;
  if (!acknowledgement) return stored;
  await store.acknowledge(stored, acknowledgement);
  return acknowledge(stored, acknowledgement);
}

/** @returns the alert as it is in the group now. */
async function putVersion(
  version: Alert,
  held: AlertState | undefined,
  route: Route,
  { store, clock }: TakeInPorts,
): Promise<AlertState> {
  const { alert = held } = receive({ ...(held && { alert: held }) }, version, route, clock());
  if (!alert) throw new TypeError('an alert was received and is nowhere');
  if (alert !== held) await store.putAlert(alert);
  return alert;
}

/** The alert in the group that it is in. */
async function placeOf(alertKey: string, store: GroupStore): Promise<AlertState | undefined> {
  const groupKey = await store.groupOf(alertKey);
  return groupKey === undefined ? undefined : store.alert(groupKey, alertKey);
}

/** It goes on in another group, or nowhere: the one that it leaves has to hear of it, as its receiver may keep an incident. */
async function leaveGroup(alert: AlertState, at: string, ports: TakeInPorts): Promise<AlertState> {
  const { store } = ports;
  const gone = withdraw(alert, at);
  if (gone !== alert) await store.putAlert(gone);
  const stored = await store.group(alert.groupKey);
  if (!stored) return gone;
  const { key, policy, values } = stored.group;
  await wakeGroup(gone, { key, policy, values }, ports);
  return gone;
}

async function withdrawAlert(alertKey: string, at: string, ports: TakeInPorts): Promise<void> {
  const held = await placeOf(alertKey, ports.store);
  if (!held) return;
  const gone = await leaveGroup(held, at, ports);
  // The rule has matched again since.
  if (!gone.withdrawn) return;
  const over: AlertState = { ...gone, status: 'resolved' };
  await noteInhibitors(held, over, ports);
  await noteSilences(over, ports);
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
    const title = alert.facts.title;
    await store.putInhibitor({ key, finding, inhibition, title, expiresAt }, alert.key);
  }
  for (const { key } of had) if (!kept.has(key)) await store.removeInhibitor(key, alert.key);
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
