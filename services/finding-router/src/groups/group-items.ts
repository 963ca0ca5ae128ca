import {
  expirySeconds,
  groupItemKeys,
  readCounterItem,
  readGroupItem,
} from '@riposte/notifications';
import type { QueuedMessage } from '../finding-state.ts';
import type { Item, Versioned } from '../table.ts';
import type { Due, StoredCounter, StoredGroup } from './ports.ts';

/** The partition of the index that knows what is due. */
export const duePk = 'due';

/** A group, to be written on the version before it. What was not sent is due at once. */
export function groupPut({ group, outbox }: StoredGroup): Versioned {
  const { key, version, nextAt, expiresAt } = group;
  return {
    key: groupItemKeys.group(key),
    onVersion: version - 1,
    item: { group, version, ...leaving(outbox, nextAt), ...expiring(expiresAt) },
  };
}

/** A counter, likewise. */
export function counterPut({ counter, outbox }: StoredCounter): Versioned {
  const { channel, version, digest, expiresAt } = counter;
  return {
    key: groupItemKeys.counter(channel),
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
  return at === undefined ? {} : { expiresAt: expirySeconds(at) };
}

export function readGroup(item: Item): StoredGroup {
  return { group: readGroupItem(item), outbox: outboxOf(item) };
}

export function readCounter(item: Item): StoredCounter {
  return { counter: readCounterItem(item), outbox: outboxOf(item) };
}

/** What an item of the index is about. */
export function readDue({ pk }: Item): Due {
  const [kind, ...rest] = String(pk).split('#');
  const name = rest.join('#');
  return kind === 'group' ? { group: name } : { channel: name };
}

function outboxOf({ outbox }: Item): readonly QueuedMessage[] {
  return Array.isArray(outbox) ? outbox : [];
}
