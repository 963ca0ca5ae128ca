import { describe, expect, it } from '@jest/globals';
import { ChannelBusyError, ChannelDownError, DeliveryRefusedError } from '../errors.ts';
import { deliverWorld, slack } from '../testing/deliver-world.ts';
import { admission, type Health, unknownHealth } from './breaker.ts';

const down = new ChannelDownError('soc', 'HTTP 503');

function opened() {
  const world = deliverWorld(slack);
  const { health } = world.start();
  const fail = async (error: Error = down) => health.failed(await health.admit('soc'), error);
  const work = async () => health.worked(await health.admit('soc'));
  return { world, health, fail, work };
}

async function times(count: number, run: () => Promise<unknown>): Promise<void> {
  for (let time = 0; time < count; time++) await run();
}

describe('the breaker of a channel', () => {
  it('opens with the fifth failure in a row', async () => {
    const { world, health, fail, work } = opened();
    await times(4, fail);
    await work();
    await times(4, fail);
    expect(world.measured('BreakerOpened')).toBe(0);
    expect(await fail()).toBe(30);
    expect(world.measured('BreakerOpened')).toBe(1);
    await expect(health.admit('soc')).rejects.toMatchObject({
      name: 'ChannelPausedError',
      retryable: true,
      retryAfterSeconds: 30,
    });
  });

  it('is open for all functions', async () => {
    const { world, fail } = opened();
    await times(5, fail);
    await expect(world.start().health.admit('soc')).rejects.toThrow('paused for 30 s');
    await expect(world.start().health.admit('other')).resolves.toMatchObject({ isProbe: false });
  });

  it('lets one message at a time find out whether the channel is back', async () => {
    const { world, health, fail } = opened();
    await times(5, fail);
    world.wait(31);
    const turns = await Promise.allSettled([
      health.admit('soc'),
      health.admit('soc'),
      world.start().health.admit('soc'),
    ]);
    expect(turns.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    await health.worked({ channel: 'soc', isProbe: true });
    await expect(health.admit('soc')).resolves.toEqual({ channel: 'soc', isProbe: false });
  });

  it('stays open twice as long after each failure, up to a quarter of an hour', async () => {
    const { world, fail } = opened();
    await times(5, fail);
    const pauses = [];
    for (let time = 0; time < 7; time++) {
      world.wait(1000);
      pauses.push(await fail());
    }
    expect(pauses).toEqual([60, 120, 240, 480, 900, 900, 900]);
    expect(world.measured('BreakerOpened')).toBe(8);
  });

  it('shortens pauses at random, so that functions do not come back together', async () => {
    const { world, fail } = opened();
    await times(4, fail);
    world.random = 0.5;
    expect(await fail()).toBe(30 - 3 + 3);
    expect(Date.parse(world.healths.get('soc')?.pausedUntil ?? '') - world.now.getTime()).toBe(
      27_000,
    );
  });

  it('finds out by another message where the one that should has died', async () => {
    const { world, health, fail } = opened();
    await times(5, fail);
    world.wait(31);
    await health.admit('soc');
    world.wait(30);
    await expect(health.admit('soc')).rejects.toThrow('paused for 5 s');
    world.wait(31);
    await expect(health.admit('soc')).resolves.toMatchObject({ isProbe: true });
  });

  it('finds out by the next message where the first was refused for itself', async () => {
    const { world, health, fail } = opened();
    await times(5, fail);
    world.wait(31);
    expect(await fail(new DeliveryRefusedError('soc', 'body', 'odd'))).toBeUndefined();
    await expect(health.admit('soc')).resolves.toMatchObject({ isProbe: true });
  });

  it('takes no notice of failures that were on their way when it opened', async () => {
    const { world, health, fail } = opened();
    await times(5, fail);
    expect(await health.failed({ channel: 'soc', isProbe: false }, down)).toBe(30);
    expect(world.healths.get('soc')?.openings).toBe(1);
  });

  it('keeps a pause that the receiver asked for, whatever comes in late', async () => {
    const { world, health, fail, work } = opened();
    await times(2, fail);
    const turn = await health.admit('soc');
    expect(await fail(new ChannelBusyError('soc', 60))).toBe(60);
    expect(await health.failed(turn, new ChannelBusyError('soc', 10))).toBe(60);
    await health.worked(turn);
    await expect(health.admit('soc')).rejects.toThrow('paused for 60 s');
    world.wait(61);
    await work();
    expect(world.healths.get('soc')).toMatchObject({ failures: 0, openings: 0 });
  });

  it('finds out again after a receiver that came back asked to wait', async () => {
    const { world, health, fail } = opened();
    await times(5, fail);
    world.wait(31);
    expect(await fail(new ChannelBusyError('soc', 60))).toBe(60);
    world.wait(61);
    await expect(health.admit('soc')).resolves.toMatchObject({ isProbe: true });
  });

  it('believes what it read for two seconds', async () => {
    const { world, health, fail } = opened();
    await health.admit('soc');
    await times(5, async () => {
      const { health: other } = world.start();
      await other.failed(await other.admit('soc'), down);
    });
    world.wait(1);
    await expect(health.admit('soc')).resolves.toMatchObject({ isProbe: false });
    world.wait(2);
    await expect(fail()).rejects.toThrow('paused');
  });

  it('lets messages go where others are always faster to write', async () => {
    const { world } = opened();
    const paused: Health = { ...unknownHealth, openings: 1 };
    const { health } = world.start({ read: async () => paused, write: async () => false });
    await expect(health.admit('soc')).resolves.toMatchObject({ isProbe: false });
    await health.worked({ channel: 'soc', isProbe: false });
    expect(await health.failed({ channel: 'soc', isProbe: true }, down)).toBeUndefined();
  });
});

describe('admission', () => {
  it('lets everything go where nothing is known', () => {
    const moment = { now: new Date(), random: 0 };
    const settings = { failures: 1, pauseSeconds: 1, longestPauseSeconds: 1, probeSeconds: 1 };
    expect(admission(unknownHealth, moment, settings)).toEqual({ kind: 'go' });
  });
});
