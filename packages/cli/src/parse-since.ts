import { InvalidOptionError } from './errors.ts';

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads a point in time: an age (`90m`, `24h`, `7d`) or a date in ISO 8601.
 *
 * @throws InvalidOptionError naming `--since`.
 * @example
 * parseSince('24h', new Date()); // yesterday, in ISO 8601
 */
export function parseSince(text: string, now: Date): string {
  const age = /^(\d{1,5})([mhd])$/.exec(text);
  if (age) {
    const [, count = '', unit = ''] = age;
    return new Date(now.getTime() - Number(count) * (units[unit] ?? 0)).toISOString();
  }
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    const remedy = 'give an age such as 90m, 24h or 7d, or a date such as 2026-11-24';
    throw new InvalidOptionError('--since', `${JSON.stringify(text)} is not a time`, remedy);
  }
  return new Date(time).toISOString();
}
