import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { interleaved, median } from './statistics.ts';

describe('median', () => {
  it('is the middle value, in whatever order they come', () => {
    expect(median([30, 10, 20])).toBe(20);
  });

  it('lies between the two middle values of an even number', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('sorts numbers as numbers', () => {
    expect(median([100, 9, 20])).toBe(20);
  });

  it('has as many values below as above', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const middle = median(values);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        return below <= values.length / 2 && above <= values.length / 2;
      }),
    );
  });

  it('leaves its input as it is', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('refuses to make one up', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('interleaved', () => {
  it('runs both in turns, and changes who is first', async () => {
    const order: string[] = [];
    const runs = {
      ours: async () => order.push('ours'),
      peer: async () => order.push('peer'),
    };
    await interleaved(runs, { rounds: 2, warmUps: 1 });
    expect(order).toEqual(['ours', 'peer', 'peer', 'ours', 'ours', 'peer']);
  });

  it('gives the medians of each, without the rounds that warm up', async () => {
    const ours = [900, 1, 2, 3];
    const peer = [0, 30, 10, 20];
    const runs = { ours: async () => ours.shift() ?? 0, peer: async () => peer.shift() ?? 0 };
    expect(await interleaved(runs, { rounds: 3 })).toEqual({ ours: 2, peer: 20 });
  });

  it('ends with the first run that fails', async () => {
    const runs = { ours: async () => 1, peer: () => Promise.reject(new Error('no peer')) };
    await expect(interleaved(runs, { rounds: 3 })).rejects.toThrow('no peer');
  });
});
