import { describe, expect, it } from '@jest/globals';
import { concludeWith } from './index.ts';
import { claimedRecord } from './testing/samples.ts';

describe('concludeWith', () => {
  it('is one revision further, and keeps what the claim said', () => {
    const claimed = claimedRecord();
    const concluded = concludeWith(claimed, {
      status: 'verified',
      after: { isLogging: true },
      times: { verified: '2026-11-24T13:00:00.800Z' },
    });
    expect(concluded).toEqual({
      ...claimed,
      revision: 1,
      status: 'verified',
      after: { isLogging: true },
      times: { ...claimed.times, verified: '2026-11-24T13:00:00.800Z' },
    });
    expect(claimed.revision).toBe(0);
  });

  it('forgets what the claim meant to tell, which the status says now', () => {
    const concluded = concludeWith(claimedRecord({ tells: 'planned' }), {
      status: 'planned',
      times: {},
    });
    expect(concluded.status).toBe('planned');
    expect(concluded).not.toHaveProperty('tells');
  });
});
