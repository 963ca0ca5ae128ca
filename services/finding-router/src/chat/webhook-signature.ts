import { createHmac } from 'node:crypto';

/**
 * `t=SECONDS,v1=HEX`: HMAC-SHA256 of `SECONDS.BODY`. The time is part of it, so that a receiver can refuse what somebody recorded and sends again.
 *
 * @param at whose whole seconds count.
 * @example
 * webhookSignature('{}', key, new Date()); // 't=1777636800,v1=5257a8…'
 */
export function webhookSignature(body: string, key: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  const hex = createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${hex}`;
}
