import { describe, expect, it } from '@jest/globals';
import { groupBy } from './node-20.ts';

describe('groupBy', () => {
  it('groups as newer versions of Node do', () => {
    const keyOf = (item: number, index: number) => (item + index) % 3;
    const items = [5, 1, 4, 1, 3, 9];
    expect([...groupBy(items, keyOf)]).toEqual([...Map.groupBy(items, keyOf)]);
    expect(groupBy([], keyOf).size).toBe(0);
  });
});
