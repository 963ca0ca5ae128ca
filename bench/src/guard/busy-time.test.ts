import { describe, expect, it } from '@jest/globals';
import { createBusyTime } from './busy-time.ts';

describe('createBusyTime', () => {
  it('counts what overlaps once, and not the time between', () => {
    let now = 0;
    const busy = createBusyTime(() => now);
    const endFirst = busy.begin();
    now = 10;
    const endSecond = busy.begin();
    now = 30;
    endFirst();
    now = 35;
    endSecond();
    now = 100;
    const endThird = busy.begin();
    now = 101;
    endThird();
    expect(busy.total()).toBe(36);
  });

  it('ends each thing once, however often that is said', () => {
    let now = 0;
    const busy = createBusyTime(() => now);
    const endFirst = busy.begin();
    busy.begin();
    endFirst();
    endFirst();
    now = 5;
    expect(busy.total()).toBe(0);
  });
});
