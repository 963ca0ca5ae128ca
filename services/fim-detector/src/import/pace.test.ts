import { describe, expect, it } from '@jest/globals';
import { paceOf } from './pace.ts';

/** A clock that waiting moves on. */
function standingClock() {
  let now = 0;
  const wait = async (milliseconds: number) => {
    now += milliseconds;
  };
  return { clock: () => new Date(now), wait, now: () => now };
}

describe('paceOf', () => {
  it('never lets more through than its share, however many runs there are (F9)', async () => {
    const world = standingClock();
    const pace = paceOf({ ...world, perSecond: 10 / 4 });
    const times: number[] = [];
    for (let call = 0; call < 20; call += 1) {
      await pace('hub', 60_000);
      times.push(world.now());
    }
    for (const start of times)
      expect(times.filter((at) => at >= start && at < start + 1_000).length).toBeLessThanOrEqual(3);
    expect(times.at(-1)).toBe(19 * 400);
  });

  it('lets accounts and Regions through side by side', async () => {
    const world = standingClock();
    const pace = paceOf({ ...world, perSecond: 1 });
    await pace('one', 0);
    await pace('other', 0);
    expect(world.now()).toBe(0);
  });

  it('gives no turn to whom it would make wait too long', async () => {
    const world = standingClock();
    const pace = paceOf({ ...world, perSecond: 1 });
    expect(await pace('hub', 0)).toBe(true);
    expect(await pace('hub', 999)).toBe(false);
    expect(await pace('hub', 1_000)).toBe(true);
    expect(await pace('hub', -1)).toBe(false);
  });
});
