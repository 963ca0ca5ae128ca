import { describe, expect, it } from '@jest/globals';
import { inLanes } from './in-lanes.ts';

describe('inLanes', () => {
  it('does every item once, and no more at once than there are lanes', async () => {
    const done: number[] = [];
    let busy = 0;
    let most = 0;
    await inLanes([...Array(20).keys()], 4, async (item) => {
      busy += 1;
      most = Math.max(most, busy);
      await new Promise((resolve) => setImmediate(resolve));
      busy -= 1;
      done.push(item);
    });
    expect(done.sort((one, other) => one - other)).toEqual([...Array(20).keys()]);
    expect(most).toBe(4);
  });

  it('has nothing to do where there is nothing', async () => {
    await expect(inLanes([], 4, () => Promise.reject(new Error('no')))).resolves.toBeUndefined();
  });

  it('lets an error through', async () => {
    await expect(inLanes([1], 4, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});
