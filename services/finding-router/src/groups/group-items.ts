import type {
  AlertMarks,
  AlertState,
  ChannelCounter,
  GroupState,
  InhibitorEntry,
} from '@riposte/notifications';
import { UnreadableMessageError } from '../errors.ts';
import type { QueuedMessage } from '../finding-state.ts';
import { ownObject } from '../read-message.ts';
import type { Item, Key, Versioned } from '../table.ts';
import type { Due, StoredCounter, StoredGroup } from './ports.ts';

/** The partition of the index that knows what is due. */
export const duePk = 'due';

/** Where things lie in the router's table. */
export const keys = {
  group: (key: string): Key => ({ pk: `group#${key}`, sk: 'group' }),
  alerts: (groupKey: string): string => `alerts#${groupKey}`,
  alert: (groupKey: string, key: string): Key => ({ pk: `alerts#${groupKey}`, sk: `alert#${key}` }),
  /** The group that an alert is in. */
  place: (alertKey: string): Key => ({ pk: `alert#${alertKey}`, sk: 'place' }),
  counter: (channel: string): Key => ({ pk: `counter#${channel}`, sk: 'counter' }),
  inhibitors: (key: string): string => `inhibitor#${key}`,
  inhibitor: (key: string, alertKey: string): Key => ({ pk: `inhibitor#${key}`, sk: alertKey }),
};

/** A group, to be written on the version before it. What was not sent is due at once. */
export function groupPut({ group, outbox }: StoredGroup): Versioned {
  const { key, version, nextAt, expiresAt } = group;
  return {
    key: keys.group(key),
    onVersion: version - 1,
    item: { group, version, ...leaving(outbox, nextAt), ...expiring(expiresAt) },
  };
}

/** A counter, likewise. */
export function counterPut({ counter, outbox }: StoredCounter): Versioned {
  const { channel, version, digest, expiresAt } = counter;
  return {
    key: keys.counter(channel),
    onVersion: version - 1,
    item: { counter, version, ...leaving(outbox, digest?.dueAt), ...expiring(expiresAt) },
  };
}

function leaving(outbox: readonly QueuedMessage[], next: string | undefined): Item {
  return { ...(outbox.length > 0 && { outbox }), ...dueAt(outbox.length > 0 ? '0' : next) };
}

/** By which the index finds an item; undefined members: it does not. */
export function dueAt(at: string | undefined): Item {
  return { duePk: at === undefined ? undefined : duePk, dueAt: at };
}

function expiring(at: string | undefined): Item {
  return at === undefined ? {} : { expiresAt: seconds(at) };
}

/** What an alert says; the marks on it are other members, which others write. */
export function alertMembers(alert: AlertState): Item {
  const { told: _, telling: __, expiresAt, acknowledgement: ___, ...says } = alert;
  return { alert: says, ...until(expiresAt) };
}

/** What a flush writes on an alert. */
export function markMembers({ expiresAt, ...marks }: AlertMarks): Item {
  return { marks, ...until(expiresAt) };
}

/** Both say it, and the later one counts: for DynamoDB in seconds, and as it was said. */
function until(expiresAt: string): Item {
  return { until: expiresAt, expiresAt: seconds(expiresAt) };
}

export function readAlert(item: Item): AlertState {
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

export function readGroup(item: Item): StoredGroup {
  return { group: member<GroupState>(item, 'group'), outbox: outboxOf(item) };
}

export function readCounter(item: Item): StoredCounter {
  return { counter: member<ChannelCounter>(item, 'counter'), outbox: outboxOf(item) };
}

export function readInhibitor(item: Item): InhibitorEntry {
  return member<InhibitorEntry>(item, 'inhibitor');
}

/** What an item of the index is about. */
export function readDue({ pk }: Item): Due {
  const [kind, ...rest] = String(pk).split('#');
  const name = rest.join('#');
  return kind === 'group' ? { group: name } : { channel: name };
}

/** Only the router writes its table, and only what these types say. */
function member<T>(item: Item, name: string): T {
  const parsed = ownObject<T>().safeParse(item[name]);
  if (parsed.success) return parsed.data;
  throw new UnreadableMessageError(name);
}

function outboxOf({ outbox }: Item): readonly QueuedMessage[] {
  return Array.isArray(outbox) ? outbox : [];
}

/** Since 1970, as DynamoDB's expiry wants it. */
export function seconds(iso: string): number {
  return Math.floor(Date.parse(iso) / 1000);
}
