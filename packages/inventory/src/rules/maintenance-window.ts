import { DateTime } from 'luxon';
import type { MaintenanceWindow, Weekday } from './inventory-rule.ts';

/** Longer than any window that a change is looked for in. */
const longest = 31 * 86_400_000;

const weekdays: readonly Weekday[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

/**
 * The window that a stretch of time lies in with its whole length; windows that follow on one another without a gap count as one.
 *
 * @param from milliseconds since 1970
 * @returns its name, of several the one that it begins in; undefined where a part of it lies in none.
 * @example
 * windowAround([{ name: 'nights', timeZone: 'UTC', from: '22:00', to: '04:00' }], from, to);
 */
export function windowAround(
  windows: readonly MaintenanceWindow[],
  from: number,
  to: number,
): string | undefined {
  if (!(from <= to && to - from <= longest)) return undefined;
  let first: string | undefined;
  for (let at = from; ; ) {
    const [held] = windows
      .flatMap((window) => occurrencesAt(window, at).map((end) => ({ name: window.name, end })))
      .toSorted((a, b) => b.end - a.end);
    if (held === undefined) return undefined;
    first ??= held.name;
    if (held.end >= to) return first;
    if (held.end <= at) return undefined;
    at = held.end;
  }
}

/** Ends of a window's occurrences that a moment lies in: those that begin on its day, and on the day before. */
function occurrencesAt(window: MaintenanceWindow, at: number): readonly number[] {
  if ('start' in window) {
    const [start, end] = [Date.parse(window.start), Date.parse(window.end)];
    return start <= at && at <= end ? [end] : [];
  }
  const today = DateTime.fromMillis(at, { zone: window.timeZone }).startOf('day');
  return [today, today.minus({ days: 1 })].flatMap((day) => {
    if (!beginsOn(window, day)) return [];
    const start = clock(day, window.from);
    const isNextDay = window.to <= window.from;
    const end = clock(isNextDay ? day.plus({ days: 1 }) : day, window.to);
    return start <= at && at <= end ? [end] : [];
  });
}

function beginsOn(
  { days, weeks }: Extract<MaintenanceWindow, { readonly timeZone: string }>,
  day: DateTime,
): boolean {
  const weekday = weekdays[day.weekday - 1];
  if (days !== undefined && (weekday === undefined || !days.includes(weekday))) return false;
  if (weeks === undefined) return true;
  const first = Math.ceil(day.day / 7);
  const last = -Math.ceil(((day.daysInMonth ?? 31) - day.day + 1) / 7);
  return weeks.includes(first) || weeks.includes(last);
}

/** A time of a day, by its clocks: one that they skip is as much later. */
function clock(day: DateTime, time: string): number {
  const [hour, minute] = time.split(':').map(Number);
  return hour === 24
    ? day.plus({ days: 1 }).startOf('day').toMillis()
    : day.set({ hour: hour ?? 0, minute: minute ?? 0 }).toMillis();
}
