import * as z from 'zod';
import { slug, strict } from './values.ts';

const weekday = '(sun|mon|tues|wednes|thurs|fri|satur)day';
const month =
  '([1-9]|1[0-2]|january|february|march|april|may|june|july|august|september|october|november|december)';
const dayOfMonth = '-?([1-9]|[12]\\d|3[01])';
const year = '\\d{4}';

const range = (part: string, said: string) =>
  z
    .array(z.string().regex(new RegExp(`^${part}(:${part})?$`, 'i'), said))
    .min(1)
    .exactOptional();

const clock = /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

const times = z
  .string()
  .regex(clock, 'times are written 09:00-17:00')
  // Written alike, so their texts compare as the times do.
  .refine((value) => value.slice(0, 5) < value.slice(6), {
    error: 'times end after they start; a night is two ranges: 22:00-24:00 and 00:00-06:00',
  });

/** An IANA time zone, e.g. `Europe/Berlin`. */
export const timeZone = z
  .string()
  .refine(isTimeZone, { error: 'no time zone of this name, e.g. Europe/Berlin' });

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}

/** A named set of times, as in Alertmanager. */
export const timeInterval = strict({
  name: slug,
  timeZone: timeZone.exactOptional(),
  ranges: z
    .array(
      strict({
        times: z.array(times).min(1).exactOptional(),
        weekdays: range(weekday, 'weekdays are written monday:friday or saturday'),
        daysOfMonth: range(dayOfMonth, 'days of the month are written 1:5 or -3:-1'),
        months: range(month, 'months are written 1:3 or december'),
        years: range(year, 'years are written 2026:2028'),
      }),
    )
    .min(1),
}).describe('Each range holds where all of its parts hold.');
