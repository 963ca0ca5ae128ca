import { isDeepStrictEqual } from 'node:util';
import type { Acknowledgement, Alert, AlertState } from './alert.ts';
import type { GroupState } from './group.ts';
import { isTakenBack, readingOf } from './news.ts';
import type { Route } from './route.ts';
import { flushTime } from './schedule.ts';
import { forgottenAt, settled } from './settle.ts';

/** What the store knows: the items of this alert and its group. */
export interface Known {
  readonly alert?: AlertState;
  readonly group?: GroupState;
}

/** What has to be written, in this order: a member is there where it changes. */
export interface Received {
  readonly alert?: AlertState;
  /** Where the version is as read; else it is read again, and `wake` asked again. */
  readonly group?: GroupState;
}

/** So far apart the clocks of two functions may be. */
const clockSkew = 10_000;

/**
 * Takes in one version of an alert. Duplicates change nothing, and an older version never replaces a newer one; at the same time, the end counts more
 * than an acknowledgement, and that more than the beginning, so that the order of arrival is of no account.
 *
 * The store writes the alert before it reads the group: a flush that runs meanwhile either sees the alert or fails its own write.
 */
export function receive(known: Known, incoming: Alert, route: Route, now: Date): Received {
  const before = known.alert;
  const alert = before && !isLater(incoming, before) ? before : merged(before, incoming, route);
  const group = wake(known.group, alert, route, now);
  return {
    ...(alert !== before && { alert }),
    ...(group && group !== known.group && { group }),
  };
}

function merged(before: AlertState | undefined, incoming: Alert, { key }: Route): AlertState {
  const { told, telling, acknowledgement } = before ?? {};
  return {
    ...incoming,
    groupKey: key,
    expiresAt: forgottenAt(incoming),
    ...(told && { told }),
    ...(telling && { telling }),
    ...(acknowledgement && { acknowledgement }),
  };
}

const statusRank = { open: 0, acknowledged: 1, resolved: 2 } as const;

function isLater(one: Alert, other: AlertState): boolean {
  if (one.updatedAt !== other.updatedAt) return one.updatedAt > other.updatedAt;
  // The same version of the finding, which the rules match again.
  if (other.withdrawn) return true;
  if (one.status !== other.status) return statusRank[one.status] > statusRank[other.status];
  return one.fingerprint > other.fingerprint;
}

/** Takes an alert out of its group: the rule does not match the finding as it stands since `updatedAt`. Nobody is told that it is resolved, since it is not. */
export function withdraw(alert: AlertState, updatedAt: string): AlertState {
  if (alert.withdrawn || updatedAt < alert.updatedAt) return alert;
  return { ...alert, updatedAt, withdrawn: true };
}

/** Notes that somebody has taken an alert on; the latest acknowledgement counts. `wake` the group afterwards. */
export function acknowledge(alert: AlertState, acknowledgement: Acknowledgement): AlertState {
  const known = alert.acknowledgement;
  return known && known.at >= acknowledgement.at ? alert : { ...alert, acknowledgement };
}

/**
 * The group as it has to be once an alert has come in: due when the alert is to be told. Returns the group itself where that needs no write. Close to
 * the hour of a flush it is always written, so that a flush that may not have seen the alert fails its own write.
 */
export function wake(
  group: GroupState | undefined,
  alert: AlertState,
  { key, values, policy }: Route,
  now: Date,
): GroupState | undefined {
  const reading = readingOf(settled(alert, group ?? {}), policy);
  if (reading.news === undefined && !isTakenBack(reading)) return group;
  const at = now.toISOString();
  const state: GroupState = group ?? { key, policy, values, version: 0, sequence: 0, repeats: 0 };
  const { expiresAt: _, ...awake } = state;
  const pending = { ...awake, policy, pendingSince: state.pendingSince ?? at };
  const wanted = new Date(flushTime(pending, now)).toISOString();
  const nextAt = state.nextAt !== undefined && state.nextAt < wanted ? state.nextAt : wanted;
  // A store may give the members back in another order.
  const settings = isDeepStrictEqual(state.policy, policy);
  const asked = state.pendingSince !== undefined && nextAt === state.nextAt && settings;
  const isNear = Date.parse(nextAt) <= now.getTime() + clockSkew;
  return asked && !isNear ? group : { ...pending, nextAt, version: state.version + 1 };
}
