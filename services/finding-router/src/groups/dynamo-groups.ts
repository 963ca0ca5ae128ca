import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type {
  AlertState,
  ChannelCounter,
  GroupState,
  InhibitorEntry,
  Silence,
} from '@riposte/notifications';
import { StaleStateError, UnreadableMessageError } from '../errors.ts';
import type { QueuedMessage } from '../finding-state.ts';
import { mapLimit } from '../map-limit.ts';
import type { Due, GroupStore } from './ports.ts';
import { type Key, Table, type Versioned } from './table.ts';

const duePk = 'due';
const lookupsAtOnce = 16;
const groupItem = (key: string): Key => ({ pk: `group#${key}`, sk: 'group' });
const alertItem = (groupKey: string, key: string): Key => ({
  pk: `alerts#${groupKey}`,
  sk: `alert#${key}`,
});
const placeItem = (alertKey: string): Key => ({ pk: `alert#${alertKey}`, sk: 'place' });
const counterItem = (channel: string): Key => ({ pk: `counter#${channel}`, sk: 'counter' });
const silenceItem = (id: string): Key => ({ pk: 'silences', sk: id });
const inhibitorItem = (key: string, alertKey: string): Key => ({
  pk: `inhibitor#${key}`,
  sk: alertKey,
});

/** `GroupStore` in DynamoDB. Items are what `@riposte/notifications` makes them; this module knows where they lie. */
export function dynamoGroups(client: DynamoDBClient, tableName: string): GroupStore {
  const table = new Table(client, tableName);
  return {
    async groupOf(alertKey) {
      const item = await table.get(placeItem(alertKey));
      return typeof item?.groupKey === 'string' ? item.groupKey : undefined;
    },
    async alert(groupKey, alertKey) {
      const item = await table.get(alertItem(groupKey, alertKey));
      return item && alertOf(item);
    },
    alertsOf: async (groupKey) => (await table.query(`alerts#${groupKey}`)).map(alertOf),
    async putAlert(alert) {
      const { told, telling, expiresAt, acknowledgement, ...says } = alert;
      const key = alertItem(alert.groupKey, alert.key);
      // Marks belong to whoever flushes: they are written with the first version only.
      const isNew = (await table.get(key)) === undefined;
      const marks = { marks: { told, telling, expiresAt }, acknowledgement };
      await table.set(key, { alert: says, expiresAt: seconds(expiresAt), ...(isNew && marks) });
      if (!alert.withdrawn) {
        const place = { groupKey: alert.groupKey, expiresAt: seconds(expiresAt) };
        await table.put(placeItem(alert.key), place);
      }
    },
    async acknowledge(alert, acknowledgement) {
      await table.set(alertItem(alert.groupKey, alert.key), { acknowledgement });
    },
    async mark({ groupKey, key, marks }) {
      const expiresAt = seconds(marks.expiresAt);
      await table.set(alertItem(groupKey, key), { marks, expiresAt });
    },
    async group(key) {
      const item = await table.get(groupItem(key));
      return item && { group: memberOf<GroupState>(item, 'group'), outbox: outboxOf(item) };
    },
    putGroup: ({ group, outbox }, counters = []) =>
      table.putVersioned([groupPut(group, outbox), ...counters.map((one) => counterPut(one, []))]),
    async groupSent(group) {
      await table.set(
        groupItem(group.key),
        { outbox: undefined, ...dueAt(group.nextAt) },
        group.version,
      );
    },
    async counter(channel) {
      const item = await table.get(counterItem(channel));
      return item && { counter: memberOf<ChannelCounter>(item, 'counter'), outbox: outboxOf(item) };
    },
    putCounter: ({ counter, outbox }) => table.putVersioned([counterPut(counter, outbox)]),
    async counterSent(counter) {
      const members = { outbox: undefined, ...dueAt(counter.digest?.dueAt) };
      await table.set(counterItem(counter.channel), members, counter.version);
    },
    silences: async () =>
      (await table.query('silences')).map((item) => memberOf<Silence>(item, 'silence')),
    async putSilence(before, after) {
      const held = await table.get(silenceItem(after.id));
      const version = typeof held?.version === 'number' ? held.version : 0;
      const same = JSON.stringify(held?.silence) === JSON.stringify(before);
      if (held !== undefined && !same) throw new StaleStateError(after.id);
      const expiresAt = seconds(after.endsAt) + 30 * 86_400;
      const item = { silence: after, version: version + 1, expiresAt };
      await table.putVersioned([{ key: silenceItem(after.id), item, onVersion: version }]);
    },
    async inhibitors(keys) {
      const found: InhibitorEntry[] = [];
      await mapLimit(keys, lookupsAtOnce, async (key) => {
        const items = await table.query(`inhibitor#${key}`);
        found.push(...items.map((item) => memberOf<InhibitorEntry>(item, 'inhibitor')));
      });
      return found;
    },
    putInhibitor: (inhibitor, alertKey) =>
      table.put(inhibitorItem(inhibitor.key, alertKey), {
        inhibitor,
        expiresAt: seconds(inhibitor.expiresAt),
      }),
    removeInhibitor: (key, alertKey) => table.remove(inhibitorItem(key, alertKey)),
    async dueBy(now, limit) {
      const items = await table.query(duePk, { dueBy: now.toISOString(), limit });
      return items.flatMap(({ pk }): readonly Due[] => {
        const [kind, ...rest] = String(pk).split('#');
        const name = rest.join('#');
        return kind === 'group' ? [{ group: name }] : [{ channel: name }];
      });
    },
  };
}

function groupPut(group: GroupState, outbox: readonly QueuedMessage[]): Versioned {
  const { key, version, nextAt, expiresAt } = group;
  // What was not sent is due at once.
  const due = outbox.length > 0 ? '0' : nextAt;
  return {
    key: groupItem(key),
    onVersion: version - 1,
    item: {
      group,
      version,
      ...(outbox.length > 0 && { outbox }),
      ...(due !== undefined && { duePk, dueAt: due }),
      ...(expiresAt !== undefined && { expiresAt: seconds(expiresAt) }),
    },
  };
}

function counterPut(counter: ChannelCounter, outbox: readonly QueuedMessage[]): Versioned {
  const { channel, version, digest: waiting, expiresAt } = counter;
  const due = outbox.length > 0 ? '0' : waiting?.dueAt;
  return {
    key: counterItem(channel),
    onVersion: version - 1,
    item: {
      counter,
      version,
      ...(outbox.length > 0 && { outbox }),
      ...(due !== undefined && { duePk, dueAt: due }),
      ...(expiresAt !== undefined && { expiresAt: seconds(expiresAt) }),
    },
  };
}

function dueAt(at: string | undefined): { duePk: string | undefined; dueAt: string | undefined } {
  return { duePk: at === undefined ? undefined : duePk, dueAt: at };
}

type Item = Readonly<Record<string, unknown>>;

function alertOf(item: Item): AlertState {
  const { acknowledgement } = item;
  const marks = typeof item.marks === 'object' && item.marks !== null ? item.marks : {};
  return {
    ...memberOf<AlertState>(item, 'alert'),
    ...marks,
    ...(acknowledgement !== undefined && { acknowledgement: memberOf(item, 'acknowledgement') }),
  };
}

/** Only the router writes its table, and only what these types say. */
function memberOf<T extends object>(item: Item, name: string): T {
  const value = item[name];
  if (typeof value === 'object' && value !== null) return Object.assign(Object.create(null), value);
  throw new UnreadableMessageError(name);
}

function outboxOf({ outbox }: Item): readonly QueuedMessage[] {
  return Array.isArray(outbox) ? outbox : [];
}

function seconds(iso: string): number {
  return Math.floor(Date.parse(iso) / 1000);
}
