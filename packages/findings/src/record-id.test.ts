import { describe, expect, it } from '@jest/globals';
import { recordId } from './index.ts';

const arn = 'arn:aws:cloudtrail:eu-west-1:123456789012:trail/main';
const stoppedAt = '2026-11-24T02:59:59.000Z';

describe('recordId', () => {
  it('is the same whoever reports the incident, now and in later versions', () => {
    expect(recordId('trail-stopped', arn, stoppedAt)).toBe('inc-f8b5a61ffbc8ec81d0df');
  });

  it('differs by kind, resource and discriminator', () => {
    const ids = [
      recordId('trail-stopped', arn, stoppedAt),
      recordId('trail-deleted', arn, stoppedAt),
      recordId('trail-stopped', `${arn}2`, stoppedAt),
      recordId('trail-stopped', arn, '2026-11-24T03:00:00.000Z'),
    ];
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^inc-[0-9a-f]{20}$/);
  });
});
