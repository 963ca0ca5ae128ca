import { InvalidOptionError } from './errors.ts';

/**
 * Reads a point in time in ISO 8601.
 *
 * @throws InvalidOptionError naming the option.
 */
export function parseMoment(text: string, option: string): Date {
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return new Date(time);
  const remedy = 'give a time such as 2026-11-24T14:00:00Z';
  throw new InvalidOptionError(option, `${JSON.stringify(text)} is not a time`, remedy);
}
