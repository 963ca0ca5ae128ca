import type { CallIdentity } from './types.ts';

/** Calls a second of an account in a Region. Source: CloudTrail user guide, "Quotas in AWS CloudTrail". */
const limits = { write: 1, read: 10, lookup: 2 } as const;

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Says which calls CloudTrail would throttle: one bucket for reads, one for writes, one for LookupEvents, of each account-Region. */
export function cloudTrailLimits(now: () => number = Date.now): {
  switchOn(on: boolean): void;
  exceeds(call: CallIdentity): boolean;
} {
  let isOn = false;
  const buckets = new Map<string, Bucket>();
  return {
    switchOn(on) {
      isOn = on;
      buckets.clear();
    },
    exceeds(call) {
      if (!isOn || call.service !== 'cloudtrail') return false;
      const kind = kindOf(call.operation);
      const key = `${call.accountId}|${call.region}|${kind}`;
      const at = now();
      const bucket = buckets.get(key) ?? { tokens: limits[kind], filledAt: at };
      const earned = ((at - bucket.filledAt) / 1000) * limits[kind];
      bucket.tokens = Math.min(limits[kind], bucket.tokens + earned);
      bucket.filledAt = at;
      buckets.set(key, bucket);
      if (bucket.tokens < 1) return true;
      bucket.tokens -= 1;
      return false;
    },
  };
}

function kindOf(operation: string): keyof typeof limits {
  if (operation === 'LookupEvents') return 'lookup';
  return /^(?:Get|List|Describe)/.test(operation) ? 'read' : 'write';
}
