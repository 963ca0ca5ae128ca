import type { AlertMarks, AlertState } from './alert.ts';
import type { ChannelCounter } from './channel-counter.ts';
import { UnreadableItemError } from './errors.ts';
import type { GroupState } from './group.ts';
import type { InhibitorEntry } from './inhibition.ts';

/** An item of the router's table. */
export type GroupItem = Readonly<Record<string, unknown>>;

interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** Where groups, and what decides about them, lie in the router's table. */
export const groupItemKeys = {
  group: (key: string): ItemKey => ({ pk: `group#${key}`, sk: 'group' }),
  alerts: (groupKey: string): string => `alerts#${groupKey}`,
  alert: (groupKey: string, key: string): ItemKey => ({
    pk: `alerts#${groupKey}`,
    sk: `alert#${key}`,
  }),
  /** The group that an alert is in. */
  place: (alertKey: string): ItemKey => ({ pk: `alert#${alertKey}`, sk: 'place' }),
  counter: (channel: string): ItemKey => ({ pk: `counter#${channel}`, sk: 'counter' }),
  inhibitors: (key: string): string => `inhibitor#${key}`,
  inhibitor: (key: string, alertKey: string): ItemKey => ({ pk: `inhibitor#${key}`, sk: alertKey }),
};

/** What an alert says; the marks on it are other members, which others write. */
export function alertMembers(alert: AlertState): GroupItem {
  const { told: _, telling: __, expiresAt, acknowledgement: ___, ...says } = alert;
  return { alert: says, ...until(expiresAt) };
}

/** What a flush writes on an alert. */
export function markMembers({ expiresAt, ...marks }: AlertMarks): GroupItem {
  return { marks, ...until(expiresAt) };
}

/** Both say it, and the later one counts: for DynamoDB in seconds, and as it was said. */
function until(expiresAt: string): GroupItem {
  return { until: expiresAt, expiresAt: expirySeconds(expiresAt) };
}

/** Since 1970, as DynamoDB's expiry wants it. */
export function expirySeconds(iso: string): number {
  return Math.floor(Date.parse(iso) / 1000);
}

/** @throws UnreadableItemError, as all of these. */
export function readAlertItem(item: GroupItem): AlertState {
  const { marks, acknowledgement, until: expiresAt } = item;
  return {
    ...member<Omit<AlertState, 'expiresAt'>>(item, 'alert'),
    ...(marks !== undefined && member<Omit<AlertMarks, 'expiresAt'>>(item, 'marks')),
    ...(acknowledgement !== undefined && {
      acknowledgement: member<NonNullable<AlertState['acknowledgement']>>(item, 'acknowledgement'),
    }),
    expiresAt: String(expiresAt),
  };
}

export function readGroupItem(item: GroupItem): GroupState {
  return member<GroupState>(item, 'group');
}

export function readCounterItem(item: GroupItem): ChannelCounter {
  return member<ChannelCounter>(item, 'counter');
}

export function readInhibitorItem(item: GroupItem): InhibitorEntry {
  return member<InhibitorEntry>(item, 'inhibitor');
}

/** The group that an alert is in, by its place. */
export function readPlaceItem({ groupKey }: GroupItem): string | undefined {
  return typeof groupKey === 'string' ? groupKey : undefined;
}

/** Only the router writes its table, and only what these types say. */
function member<T extends object>(item: GroupItem, name: string): T {
  const value = item[name];
  if (isOwn<T>(value)) return value;
  throw new UnreadableItemError(name);
}

function isOwn<T extends object>(value: unknown): value is T {
  return typeof value === 'object' && value !== null;
}
