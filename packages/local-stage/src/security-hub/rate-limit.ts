import type { AccountRegion } from '../types.ts';
import { HubFault } from './hub-fault.ts';

/**
 * Admits so many calls a second for each account-Region, with thrice as many in a burst; AWS: 10 and 30.
 *
 * @throws HubFault ThrottlingException, which the SDK retries.
 */
export function rateLimit(perSecond: number, clock: () => Date): (scope: AccountRegion) => void {
  const burst = perSecond * 3;
  const buckets = new Map<string, { tokens: number; at: number }>();
  return ({ accountId, region }) => {
    const key = `${accountId}/${region}`;
    const at = clock().getTime();
    const before = buckets.get(key) ?? { tokens: burst, at };
    const tokens = Math.min(burst, before.tokens + ((at - before.at) / 1000) * perSecond);
    if (tokens < 1) throw new HubFault('ThrottlingException', 'Rate exceeded');
    buckets.set(key, { tokens: tokens - 1, at });
  };
}
