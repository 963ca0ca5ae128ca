import { moment, slug, strict, timeZone } from '@riposte/rules/folder';
import * as z from 'zod';

const weekday = z.enum([
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
]);

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time is written 22:00, in quotes');

const week = z
  .number()
  .int()
  .refine((value) => value !== 0 && value >= -5 && value <= 5, {
    error: 'a week is 1 to 5, or -1 (the last) to -5',
  });

/** A maintenance window. */
export const maintenanceWindow = strict({
  name: slug,
  start: moment.exactOptional().describe('Of a window that is once; with end.'),
  end: moment.exactOptional(),
  timeZone: timeZone.exactOptional().describe('E.g. Europe/Berlin; UTC where absent.'),
  from: clock.exactOptional().describe('Of a window that comes again; with to.'),
  to: z
    .union([clock, z.literal('24:00')])
    .exactOptional()
    .describe('Not later than from: on the next day.'),
  days: z.array(weekday).min(1).exactOptional().describe('On which it begins; all where absent.'),
  weeks: z
    .array(week)
    .min(1)
    .exactOptional()
    .describe('Which of these days of the month: 2 the second, -1 the last.'),
}).superRefine((value, context) => {
  const problem = windowProblem(value);
  if (problem !== undefined)
    context.addIssue({ code: 'custom', message: problem.message, path: problem.path });
});

interface WindowEntry {
  readonly start?: string;
  readonly end?: string;
  readonly timeZone?: string;
  readonly from?: string;
  readonly to?: string;
  readonly days?: readonly string[];
  readonly weeks?: readonly number[];
}

function windowProblem({
  start,
  end,
  from,
  to,
  ...again
}: WindowEntry): { readonly message: string; readonly path: string[] } | undefined {
  const isOnce = start !== undefined || end !== undefined;
  const isAgain = from !== undefined || to !== undefined;
  const both = 'a window has either start and end (once), or from and to (again and again)';
  if (isOnce === isAgain) return { message: both, path: [] };
  if (isAgain)
    return from === undefined || to === undefined ? { message: both, path: [] } : undefined;
  if (start === undefined || end === undefined) return { message: both, path: [] };
  const [strange] = Object.keys(again).filter((key) => key !== 'name');
  if (strange !== undefined)
    return { message: `${strange} is for windows that come again`, path: [strange] };
  return Date.parse(start) < Date.parse(end)
    ? undefined
    : { message: 'a window ends after it starts', path: ['end'] };
}
