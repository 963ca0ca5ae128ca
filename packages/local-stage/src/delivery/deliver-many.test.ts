import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { deliverMany } from './deliver-many.ts';
import type { DeliverOptions } from './types.ts';

const target = {
  ...{ ruleArn: 'rule', targetId: 't', targetArn: 'arn' },
  ...{ outcome: 'delivered' as const, attempts: 1 },
};

function fakeDeliver() {
  const order: string[] = [];
  const delays: number[] = [];
  let running = 0;
  let most = 0;
  const deliver = async (event: unknown, options: DeliverOptions = {}) => {
    order.push(String(event));
    delays.push(options.delayMs ?? 0);
    running += 1;
    most = Math.max(most, running);
    await sleep(1);
    running -= 1;
    return { eventId: String(event), matched: ['rule'], targets: [target] };
  };
  return { deliver, order, delays, most: () => most };
}

describe('delivering many events', () => {
  const events = Array.from({ length: 50 }, (_nothing, index) => `e${index}`);

  it('keeps their order, and answers a report for each', async () => {
    const { deliver, order } = fakeDeliver();
    const reports = await deliverMany(deliver, events, { concurrency: 1 });
    expect(order).toEqual(events);
    expect(reports.map(({ eventId }) => eventId)).toEqual(events);
  });

  it('sends some twice, in another order, the same for the same seed', async () => {
    const run = async (seed: number) => {
      const fake = fakeDeliver();
      const options = { duplicateRatio: 0.2, reorder: true, concurrency: 1, delayMs: 3, seed };
      const reports = await deliverMany(fake.deliver, events, options);
      return { ...fake, reports };
    };
    const [one, again, other] = [await run(1), await run(1), await run(2)];
    expect(again.order).toEqual(one.order);
    expect(other.order).not.toEqual(one.order);
    expect(one.order).not.toEqual(events);
    expect(new Set(one.order)).toEqual(new Set(events));
    expect(one.order.length).toBeGreaterThan(events.length);
    expect(one.delays.some((delay) => delay > 0)).toBe(true);
    const copies = one.reports.map(({ targets }) => targets.length);
    expect(copies.reduce((sum, count) => sum + count)).toBe(one.order.length);
  });

  it('runs no more than asked for at once', async () => {
    const { deliver, most } = fakeDeliver();
    await deliverMany(deliver, events, { concurrency: 4 });
    expect(most()).toBe(4);
    await deliverMany(deliver, []);
  });
});
