import type { ResponseRecord } from '@riposte/findings';
import { type Clock, type ResponseRecords, StaleRecordError } from '@riposte/responses';

/** Response records in memory, and what a test looks at. */
export interface FakeRecords extends ResponseRecords {
  readonly held: Map<string, ResponseRecord>;
  /** Every concluded revision, in order: what the outbox would send. */
  readonly concluded: ResponseRecord[];
  /** Those of them that carry a message: what people were sent. */
  readonly messages: readonly ResponseRecord[];
  readonly links: string[];
}

/**
 * Response records in memory that behave as those in the state table: conditional claims with leases, revisions one by one.
 *
 * @example
 * const records = fakeRecords(() => new Date(now), responseRecord());
 */
export function fakeRecords(clock: Clock, ...records: readonly ResponseRecord[]): FakeRecords {
  const held = new Map(records.map((record) => [record.id, record]));
  const leases = new Map<string, number>();
  const concluded: ResponseRecord[] = [];
  /** Links whose finding is not written on yet, and until when somebody is at it. */
  const open = new Map<string, number>();
  const links: string[] = [];
  return {
    held,
    concluded,
    get messages() {
      return concluded.filter(({ message }) => message !== undefined);
    },
    links,
    async claim(record, leaseSeconds) {
      const now = clock().getTime();
      const known = held.get(record.id);
      const isDead = known?.status === 'claimed' && (leases.get(record.id) ?? 0) < now;
      if (known && !isDead) return { claimed: false, record: known };
      leases.set(record.id, now + leaseSeconds * 1000);
      if (known) return { claimed: true, resumed: true, record: known };
      held.set(record.id, record);
      return { claimed: true, resumed: false, record };
    },
    async conclude(record) {
      if (held.get(record.id)?.revision !== record.revision - 1) {
        throw new StaleRecordError(record.id);
      }
      held.set(record.id, record);
      concluded.push(record);
    },
    get: async (id) => held.get(id),
    list: async ({ service, status, since = '', limit }) =>
      [...held.values()]
        .filter((record) => service === undefined || record.service === service)
        .filter((record) => status === undefined || record.status === status)
        .filter(({ times }) => times.claimed >= since)
        .sort((a, b) => b.times.claimed.localeCompare(a.times.claimed))
        .slice(0, limit),
    onResource: async (arn, since) =>
      [...held.values()]
        .filter(({ resource, times }) => resource.arn === arn && times.claimed >= since)
        .sort((a, b) => a.times.claimed.localeCompare(b.times.claimed)),
    async linkFinding(id, findingKey) {
      const link = `${id} ${findingKey}`;
      const now = clock().getTime();
      if (links.includes(link) && !((open.get(link) ?? now) < now)) return false;
      if (!links.includes(link)) links.push(link);
      open.set(link, now + 60_000);
      return true;
    },
    async closeFinding(id, findingKey) {
      open.delete(`${id} ${findingKey}`);
    },
    async reopenFinding(id, findingKey) {
      open.set(`${id} ${findingKey}`, 0);
    },
  };
}
