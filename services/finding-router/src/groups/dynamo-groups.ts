import { isDeepStrictEqual } from 'node:util';
import { inLanes } from '@riposte/lambda';
import {
  alertMembers,
  expirySeconds,
  type InhibitorEntry,
  groupItemKeys as keys,
  markMembers,
  readAlertItem,
  readInhibitorItem,
  readPlaceItem,
  readSilenceItem,
  silenceItem,
  silencePartition,
} from '@riposte/notifications';
import { StaleStateError } from '../errors.ts';
import type { Table, Versioned } from '../table.ts';
import {
  counterPut,
  dueAt,
  duePk,
  groupPut,
  readCounter,
  readDue,
  readGroup,
} from './group-items.ts';
import type { GroupStore } from './ports.ts';

const lookupsAtOnce = 16;

/** `GroupStore` in the router's table. Items are what `@riposte/notifications` makes them; `group-items.ts` knows where they lie. */
export function dynamoGroups(table: Table): GroupStore {
  return {
    async groupOf(alertKey) {
      const item = await table.get(keys.place(alertKey));
      return item && readPlaceItem(item);
    },
    async alert(groupKey, alertKey) {
      const item = await table.get(keys.alert(groupKey, alertKey));
      return item && readAlertItem(item);
    },
    async alertsOf(groupKey) {
      return (await table.query(keys.alerts(groupKey))).map(readAlertItem);
    },
    async putAlert(alert) {
      await table.set(keys.alert(alert.groupKey, alert.key), alertMembers(alert));
    },
    async place({ key, groupKey, expiresAt }) {
      await table.put(keys.place(key), { groupKey, expiresAt: expirySeconds(expiresAt) });
    },
    async acknowledge({ groupKey, key }, acknowledgement) {
      await table.set(keys.alert(groupKey, key), { acknowledgement }, { ifThere: true });
    },
    async mark({ groupKey, key, marks }) {
      await table.set(keys.alert(groupKey, key), markMembers(marks), { ifThere: true });
    },
    async group(key) {
      const item = await table.get(keys.group(key));
      return item && readGroup(item);
    },
    async putGroup(stored, counters = []) {
      await write(table, [groupPut(stored), ...counters.map(counterPut)]);
    },
    async groupSent({ key, nextAt, version }) {
      const members = { outbox: undefined, ...dueAt(nextAt) };
      await table.set(keys.group(key), members, { onVersion: version });
    },
    async counter(channel) {
      const item = await table.get(keys.counter(channel));
      return item && readCounter(item);
    },
    async putCounter(stored) {
      await write(table, [counterPut(stored)]);
    },
    async counterSent({ channel, digest, version }) {
      const members = { outbox: undefined, ...dueAt(digest?.dueAt) };
      await table.set(keys.counter(channel), members, { onVersion: version });
    },
    async silences() {
      const items = await table.query(silencePartition);
      return items.flatMap((item) => readSilenceItem(item)?.silence ?? []);
    },
    async putSilence(before, after) {
      const key = { pk: silencePartition, sk: after.id };
      const item = await table.get(key);
      const held = item && readSilenceItem(item);
      if (!isDeepStrictEqual(held?.silence, before)) throw new StaleStateError(after.id);
      const version = held?.version ?? 0;
      const written = { ...silenceItem(after, version + 1) };
      await write(table, [{ key, item: written, onVersion: version }]);
    },
    async inhibitors(inhibitionKeys) {
      const found: InhibitorEntry[] = [];
      await inLanes(inhibitionKeys, lookupsAtOnce, async (key) => {
        found.push(...(await table.query(keys.inhibitors(key))).map(readInhibitorItem));
      });
      return found;
    },
    async putInhibitor(inhibitor, alertKey) {
      const expiresAt = expirySeconds(inhibitor.expiresAt);
      await table.put(keys.inhibitor(inhibitor.key, alertKey), { inhibitor, expiresAt });
    },
    removeInhibitor: (key, alertKey) => table.remove(keys.inhibitor(key, alertKey)),
    async dueBy(now, limit) {
      return (await table.due(duePk, now.toISOString(), limit)).map(readDue);
    },
  };
}

async function write(table: Table, items: readonly Versioned[]): Promise<void> {
  if (await table.putAll(items)) return;
  throw new StaleStateError(items.map(({ key }) => key.pk).join(', '));
}
