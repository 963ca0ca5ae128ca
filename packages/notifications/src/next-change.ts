import type { TimeInterval } from '@riposte/rules';
import { DateTime } from 'luxon';
import { dayHolds, holdsAt, type ParsedInterval, parseTimeInterval } from './time-interval.ts';

/** A little over four years: the longest wait for a day that comes once in four, the 29th of February. */
const horizonDays = 4 * 366 + 1;

/**
 * The first moment after `now` from which a time interval holds where it does not now, or no longer holds where it does.
 * Absent: nothing changes within four years.
 *
 * @throws InvalidTimeIntervalError
 * @example
 * nextChange(officeHours, new Date('2026-01-05T12:00:00Z')); // 2026-01-05T17:00:00Z
 */
export function nextChange(interval: TimeInterval, now: Date): Date | undefined {
  const parsed = parseTimeInterval(interval);
  const holds = holdsAt(interval, now);
  let day = DateTime.fromJSDate(now, { zone: parsed.zone }).startOf('day');
  for (let count = 0; count <= horizonDays; count += 1) {
    const next = day.plus({ days: 1 }).startOf('day');
    for (const moment of changesOf(parsed, day, next))
      if (moment > now.getTime() && holdsAt(interval, new Date(moment)) !== holds)
        return new Date(moment);
    day = next;
  }
  return undefined;
}

/** Where an interval can change within a local day: at its beginning, where times begin or end, and where the clock jumps. In order. */
function changesOf(parsed: ParsedInterval, day: DateTime, next: DateTime): readonly number[] {
  const begin = day.toMillis();
  const moments = new Set([begin]);
  const jump = day.offset === next.offset ? undefined : jumpBetween(begin, next.toMillis(), parsed);
  if (jump !== undefined) moments.add(jump);
  for (const minute of boundaries(parsed, day))
    for (const offset of new Set([day.offset, next.offset])) {
      const moment = wallClock(day, minute, offset);
      if (moment >= begin && moment <= next.toMillis()) moments.add(moment);
    }
  return [...moments].sort((one, other) => one - other);
}

function boundaries(parsed: ParsedInterval, day: DateTime): ReadonlySet<number> {
  const times = parsed.ranges
    .filter((range) => dayHolds(range, day))
    .flatMap((range) => range.times ?? []);
  return new Set(times.flatMap(({ from, to }) => [from, to]));
}

/** The moment at which a clock with this offset (minutes) shows this minute of the day. */
function wallClock(day: DateTime, minute: number, offset: number): number {
  return Date.UTC(day.year, day.month - 1, day.day) + (minute - offset) * 60_000;
}

/** The first moment with the later offset, by halving; no zone changes its clock twice a day. */
function jumpBetween(begin: number, end: number, { zone }: ParsedInterval): number {
  const offsetAt = (moment: number) => DateTime.fromMillis(moment, { zone }).offset;
  const before = offsetAt(begin);
  let [low, high] = [begin, end];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
