import { RE2JS } from 're2js';
import * as z from 'zod';
import type { OneOrMore } from '../../model/condition.ts';

/**
 * An object that takes no keys but these. The message of an unknown key lists those that are known, one a line: `issueProblems` makes a
 * suggestion of it.
 */
export function strict<T extends z.core.$ZodLooseShape>(shape: T) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? Object.keys(shape).join('\n') : undefined,
  });
}

/** Objects that hold one key out of several: the message of any other key lists them all. */
export function oneKeyOf(keys: readonly string[]) {
  return <T extends z.core.$ZodLooseShape>(shape: T) =>
    z.strictObject(shape, {
      error: (issue) => (issue.code === 'unrecognized_keys' ? keys.join('\n') : undefined),
    });
}

/** A text that holds something. */
export const text = z.string().min(1);

/** One text or a list of texts, any of which will do. */
export const oneOrMore: z.ZodType<OneOrMore> = z.union([z.string(), z.array(z.string()).min(1)]);

/** What says its name in ids and messages: lower-case letters, digits and hyphens. */
export const slug = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,63}$/,
    'a name has lower-case letters, digits and hyphens only, at most 64',
  );

/** A name that people read, as Security Hub takes it for a rule. */
export const title = z
  .string()
  .max(256)
  .regex(/^[^\p{Cc}]*[^\s\p{Cc}][^\p{Cc}]*$/u, 'a name is one line that holds something');

/** Whole numbers with a unit, one after another: `30s`, `5m`, `1h30m`, `2d`, `1w`. */
export const duration = z
  .string()
  .regex(/^(\d{1,9}[smhdw])+$/, 'a duration is written 30s, 5m, 1h30m or 2d');

/** Twelve digits. */
export const accountId = z.string().regex(/^\d{12}$/, 'an account has twelve digits, in quotes');

const day = '\\d{4}-\\d\\d-\\d\\d';
const clock = 'T\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)';
const wrongMoment = 'a time is written 2026-11-25T09:00:00Z, and has to exist';
const wrongDate = 'a date is written 2026-11-25 or 2026-11-25T09:00:00Z, and has to exist';

/** ISO 8601 with seconds and an offset from UTC. */
export const moment = z
  .string()
  .regex(new RegExp(`^${day}${clock}$`), { error: wrongMoment, abort: true })
  .refine(isOnCalendar, { error: wrongMoment });

/** ISO 8601 date, or `moment`. */
export const dateOrMoment = z
  .string()
  .regex(new RegExp(`^${day}(${clock})?$`), { error: wrongDate, abort: true })
  .refine(isOnCalendar, { error: wrongDate });

/** `Date.parse` takes the 31st of every month and makes it the first of the next one. */
function isOnCalendar(value: string): boolean {
  const date = value.slice(0, 10);
  const midnight = new Date(`${date}T00:00:00Z`);
  return (
    !Number.isNaN(Date.parse(value)) &&
    !Number.isNaN(midnight.getTime()) &&
    midnight.toISOString().startsWith(date)
  );
}

/** A regular expression in RE2 syntax. */
export const expression = z.string().superRefine((value, context) => {
  const said = expressionError(value);
  if (said !== undefined) context.addIssue({ code: 'custom', message: said });
});

/** What RE2 has against an expression. */
export function expressionError(value: string): string | undefined {
  try {
    RE2JS.compile(value);
    return undefined;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return `not a regular expression in RE2 syntax: ${said}`;
  }
}

/** `${NAME}`, which the service replaces by its environment's value when it starts. */
export const placeholder = /\$\{[A-Z][A-Z0-9_]*\}/;

/** An HTTPS address, or a value that starts with a placeholder and shows its address only later. */
export const address = z
  .string()
  .refine((value) => placeholder.test(value) || isHttpAddress(value), {
    error:
      'an address starts with https:// (http:// on this machine only), without user and password',
  });

function isHttpAddress(value: string): boolean {
  const url = URL.parse(value);
  if (url?.username !== '' || url.password !== '') return false;
  const here = url.hostname === 'localhost' || url.hostname === '127.0.0.1';
  return url.protocol === 'https:' || (url.protocol === 'http:' && here);
}
