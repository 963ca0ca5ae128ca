import type { TimeInterval } from '@riposte/rules';
import { DateTime, IANAZone } from 'luxon';
import { InvalidTimeIntervalError } from './errors.ts';
import {
  dayRange,
  monthRange,
  type NumberRange,
  timeRange,
  weekdayRange,
  yearRange,
} from './time-range.ts';

/** One range of a time interval, parsed. An absent part holds always. */
export interface ParsedRange {
  /** Minutes since midnight, the end excluded. */
  readonly times?: readonly NumberRange[];
  /** 0 is Sunday. */
  readonly weekdays?: readonly NumberRange[];
  /** Negative: counted from the month's end. */
  readonly daysOfMonth?: readonly NumberRange[];
  readonly months?: readonly NumberRange[];
  readonly years?: readonly NumberRange[];
}

export interface ParsedInterval {
  readonly name: string;
  readonly zone: string;
  readonly ranges: readonly ParsedRange[];
}

const parsed = new WeakMap<TimeInterval, ParsedInterval>();

/**
 * Reads the parts of a time interval, in Alertmanager's words.
 *
 * @throws InvalidTimeIntervalError naming the part that is wrong.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#time_interval
 */
export function parseTimeInterval(interval: TimeInterval): ParsedInterval {
  const known = parsed.get(interval);
  if (known) return known;
  const zone = interval.timeZone ?? 'UTC';
  if (!IANAZone.isValidZone(zone))
    throw new InvalidTimeIntervalError(interval.name, `'${zone}' is no IANA time zone`);
  const read = { name: interval.name, zone, ranges: interval.ranges.map(rangeOf(interval.name)) };
  parsed.set(interval, read);
  return read;
}

function rangeOf(name: string) {
  return (range: TimeInterval['ranges'][number]): ParsedRange => ({
    ...part(name, 'times', range.times, timeRange),
    ...part(name, 'weekdays', range.weekdays, weekdayRange),
    ...part(name, 'daysOfMonth', range.daysOfMonth, dayRange),
    ...part(name, 'months', range.months, monthRange),
    ...part(name, 'years', range.years, yearRange),
  });
}

function part<Name extends keyof ParsedRange>(
  interval: string,
  name: Name,
  texts: readonly string[] | undefined,
  parse: (text: string) => NumberRange | undefined,
): Partial<Record<Name, readonly NumberRange[]>> | undefined {
  // As in Alertmanager, an empty list says nothing.
  if (texts === undefined || texts.length === 0) return undefined;
  const ranges = texts.map((text) => {
    const range = parse(text);
    if (range === undefined)
      throw new InvalidTimeIntervalError(interval, `'${text}' is wrong in ${name}`);
    return range;
  });
  const found: Partial<Record<Name, readonly NumberRange[]>> = {};
  found[name] = ranges;
  return found;
}

/**
 * Whether a moment lies in a time interval: in one of its ranges, all parts of which hold, by the clocks of its time zone.
 * An hour that a clock skips does not occur; one that it repeats counts twice.
 *
 * @throws InvalidTimeIntervalError
 * @see https://prometheus.io/docs/alerting/latest/configuration/#time_interval
 * @example
 * holdsAt({ name: 'nights', timeZone: 'Europe/Berlin', ranges: [{ times: ['00:00-06:00'] }] }, now);
 */
export function holdsAt(interval: TimeInterval, moment: Date): boolean {
  const { zone, ranges } = parseTimeInterval(interval);
  const local = DateTime.fromJSDate(moment, { zone });
  return ranges.some((range) => dayHolds(range, local) && timeHolds(range, local));
}

/** Whether a local day is one of a range's, whatever the hour. */
export function dayHolds(range: ParsedRange, local: DateTime): boolean {
  return (
    within(range.weekdays, local.weekday % 7) &&
    within(range.months, local.month) &&
    within(range.years, local.year) &&
    dayOfMonthHolds(range.daysOfMonth, local)
  );
}

function timeHolds(range: ParsedRange, local: DateTime): boolean {
  const minute = local.hour * 60 + local.minute;
  return range.times?.some(({ from, to }) => minute >= from && minute < to) ?? true;
}

function within(ranges: readonly NumberRange[] | undefined, value: number): boolean {
  return ranges?.some(({ from, to }) => value >= from && value <= to) ?? true;
}

/** Ends are cut to the month: `1:31` covers all of February, and `-31:-1` too. A range that lies outside, like `30:31` in February, holds nothing there. */
function dayOfMonthHolds(ranges: readonly NumberRange[] | undefined, local: DateTime): boolean {
  if (!ranges) return true;
  const days = local.daysInMonth ?? 31;
  const fromStart = (day: number) => (day < 0 ? days + 1 + day : day);
  return ranges.some(({ from, to }) => local.day >= fromStart(from) && local.day <= fromStart(to));
}
