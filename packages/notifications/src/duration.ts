import { InvalidDurationError } from './errors.ts';

const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const whole = /^(?:\d{1,9}[smhdw])+$/;

/**
 * Milliseconds of a duration as Prometheus writes it: whole numbers with a unit, one after another.
 *
 * @throws InvalidDurationError
 * @see https://prometheus.io/docs/alerting/latest/configuration/ (`<duration>`)
 * @example
 * parseDuration('1h30m'); // 5_400_000
 */
export function parseDuration(text: string): number {
  if (!whole.test(text)) throw new InvalidDurationError(text);
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)([smhdw])/g))
    total += Number(amount) * (unitMs[unit ?? ''] ?? 0);
  return total;
}
