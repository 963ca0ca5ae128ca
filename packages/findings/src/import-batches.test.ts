import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { importBatches } from './index.ts';

describe('importBatches', () => {
  it('makes no call for nothing', () => {
    expect(importBatches([])).toEqual([]);
  });

  it('puts at most a hundred findings into a call', () => {
    const batches = importBatches(Array.from({ length: 201 }, (_, index) => ({ Id: `f${index}` })));
    expect(batches.map((batch) => batch.length)).toEqual([100, 100, 1]);
  });

  it('loses and reorders nothing, and keeps every call below 6 MB', () => {
    const finding = fc.integer({ min: 0, max: 240_000 }).map((size) => 'x'.repeat(size));
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 80 }), (findings) => {
        const batches = importBatches(findings);
        expect(batches.flat()).toEqual(findings);
        for (const batch of batches) {
          expect(JSON.stringify(batch).length).toBeLessThanOrEqual(6 * 1024 * 1024 + 2);
          expect(batch.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 30 },
    );
  });
});
