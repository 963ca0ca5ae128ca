import { createHash } from 'node:crypto';

/**
 * A short, deterministic name of some parts: 32 hexadecimal digits of the sha256 of their JSON. Members are taken in the order given.
 *
 * @example
 * digest('notify', key, fingerprint); // 'b1946ac92492d2347c6235b4d2611184'
 */
export function digest(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
