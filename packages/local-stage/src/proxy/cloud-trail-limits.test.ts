import { describe, expect, it } from '@jest/globals';
import { cloudTrailLimits } from './cloud-trail-limits.ts';
import type { CallIdentity } from './types.ts';

const write: CallIdentity = {
  service: 'cloudtrail',
  operation: 'StartLogging',
  protocol: 'json',
  userAgent: '',
  accountId: '123456789012',
  region: 'us-east-1',
  accessKeyId: '123456789012',
};

describe("CloudTrail's limits", () => {
  let time = 0;
  const limitsOn = () => {
    time = 0;
    const limits = cloudTrailLimits(() => time);
    limits.switchOn(true);
    return limits;
  };

  it('are off until they are switched on', () => {
    const limits = cloudTrailLimits();
    expect([1, 2, 3].map(() => limits.exceeds(write))).toEqual([false, false, false]);
  });

  it('let one write a second pass', () => {
    const limits = limitsOn();
    expect(limits.exceeds(write)).toBe(false);
    expect(limits.exceeds(write)).toBe(true);
    time = 1000;
    expect(limits.exceeds(write)).toBe(false);
  });

  it('let ten reads and two lookups a second pass, apart from writes', () => {
    const limits = limitsOn();
    const passed = (operation: string) =>
      Array.from({ length: 12 }, () => limits.exceeds({ ...write, operation })).filter(
        (exceeded) => !exceeded,
      ).length;
    expect(passed('GetTrailStatus')).toBe(10);
    expect(passed('LookupEvents')).toBe(2);
    expect(passed('StopLogging')).toBe(1);
  });

  it('count each account and Region for itself, and no other service', () => {
    const limits = limitsOn();
    expect(limits.exceeds(write)).toBe(false);
    expect(limits.exceeds({ ...write, region: 'eu-west-1' })).toBe(false);
    expect(limits.exceeds({ ...write, accountId: '210987654321' })).toBe(false);
    expect(limits.exceeds({ ...write, service: 's3' })).toBe(false);
    expect(limits.exceeds({ ...write, service: 's3' })).toBe(false);
  });
});
