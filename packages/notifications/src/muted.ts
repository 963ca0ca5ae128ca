import type { TimeInterval } from '@riposte/rules';
import { nextChange } from './next-change.ts';
import { holdsAt } from './time-interval.ts';

/** When a route or a channel tells nothing. */
export interface Hours {
  readonly mute?: readonly string[];
  readonly active?: readonly string[];
}

export interface Muted {
  readonly reason: 'mute' | 'inactive';
  /** Name of the interval, or the names of those outside of which nothing is sent. */
  readonly by: string;
  /** When messages may be sent again; absent: not within years. */
  readonly until?: Date;
}

/** More changes than this in a row that all leave it muted: it is asked again then. */
const mostChanges = 64;

/**
 * Whether nothing may be sent at a moment, and until when: a mute interval holds, or active ones are named and none holds.
 * A name that no interval has neither mutes nor is waited for: what is said too much does less harm than what is not said.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/#route (`mute_time_intervals`, `active_time_intervals`)
 */
export function mutedAt(
  hours: Hours,
  intervals: readonly TimeInterval[],
  now: Date,
): Muted | undefined {
  const named = (names: readonly string[] | undefined) =>
    intervals.filter(({ name }) => names?.includes(name));
  const mute = named(hours.mute);
  const active = named(hours.active);
  const reasonAt = (moment: Date) => reasonOf(mute, active, moment);
  const reason = reasonAt(now);
  if (reason === undefined) return undefined;
  let moment: Date | undefined = now;
  for (let count = 0; count < mostChanges && moment !== undefined; count += 1) {
    moment = firstChange([...mute, ...active], moment);
    if (moment !== undefined && reasonAt(moment) === undefined) break;
  }
  return { ...reason, ...(moment && { until: moment }) };
}

function reasonOf(
  mute: readonly TimeInterval[],
  active: readonly TimeInterval[],
  moment: Date,
): Pick<Muted, 'reason' | 'by'> | undefined {
  const muting = mute.find((interval) => holdsAt(interval, moment));
  if (muting) return { reason: 'mute', by: muting.name };
  if (active.length === 0 || active.some((interval) => holdsAt(interval, moment))) return undefined;
  return { reason: 'inactive', by: active.map(({ name }) => name).join(', ') };
}

function firstChange(intervals: readonly TimeInterval[], after: Date): Date | undefined {
  const changes = intervals.flatMap((interval) => nextChange(interval, after) ?? []);
  return changes.reduce<Date | undefined>(
    (first, change) => (first !== undefined && first <= change ? first : change),
    undefined,
  );
}
