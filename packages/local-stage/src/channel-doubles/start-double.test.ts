import { afterEach, describe, expect, it } from '@jest/globals';
import type { HttpDouble } from './http-double.ts';
import { startDouble } from './start-double.ts';

let double: HttpDouble | undefined;
afterEach(() => double?.stop());

async function start(): Promise<HttpDouble & { effects: string[] }> {
  const effects: string[] = [];
  double = await startDouble(
    (request) => {
      effects.push(request.path);
      return { status: 201, body: { got: request.body } };
    },
    { seed: 7, now: () => new Date('2026-05-01T12:00:00Z') },
  );
  return { ...double, effects };
}

describe('the frame of the doubles', () => {
  it('records what it is asked, and answers as the double says', async () => {
    const { url, requests } = await start();
    const answer = await fetch(`${url}/a/b?c=d%20e`, { method: 'POST', body: 'x' });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({ got: 'x' });
    expect(requests()).toMatchObject([
      {
        ...{ method: 'POST', path: '/a/b', body: 'x', at: '2026-05-01T12:00:00.000Z' },
        ...{ answer: 201, faulty: false, tookEffect: true },
      },
    ]);
    expect(requests()[0]?.query.get('c')).toBe('d e');
  });

  it('fails chosen requests, so many times, without effect', async () => {
    const { url, faults, effects } = await start();
    faults.add({ path: '/a', method: 'GET', status: 429, retryAfter: 30, count: 1, skip: 1 });
    const statuses = [];
    for (const path of ['/a', '/b', '/a', '/a']) statuses.push((await fetch(url + path)).status);
    expect(statuses).toEqual([201, 201, 429, 201]);
    expect(effects).toHaveLength(3);
    expect(faults.hits()).toBe(1);
  });

  it('loses an answer whose request took effect', async () => {
    const { url, faults, effects, requests } = await start();
    faults.add({ reset: true, afterEffect: true, count: 1 });
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    expect(effects).toEqual(['/']);
    expect(requests()).toMatchObject([{ answer: 'reset', faulty: true, tookEffect: true }]);
  });

  it('answers late, or never', async () => {
    const { url, faults } = await start();
    const takeAway = faults.add({ delay: 30 });
    const before = performance.now();
    expect((await fetch(url)).status).toBe(201);
    expect(performance.now() - before).toBeGreaterThan(25);
    takeAway();
    faults.add({ path: /^\/never$/, hang: true });
    const signal = AbortSignal.timeout(50);
    await expect(fetch(`${url}/never`, { signal })).rejects.toThrow('timeout');
  });

  it('fails the same requests for the same seed', async () => {
    const { url, faults } = await start();
    faults.add({ probability: 0.5, status: 503 });
    const run = async () => {
      faults.seed(3);
      const statuses = [];
      for (let index = 0; index < 12; index += 1) statuses.push((await fetch(url)).status);
      return statuses;
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set([201, 503]));
    expect(await run()).toEqual(first);
  });

  it('is down until it is up again', async () => {
    const { url, down, up, effects } = await start();
    down();
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    down(503);
    expect((await fetch(url)).status).toBe(503);
    up();
    expect((await fetch(url)).status).toBe(201);
    expect(effects).toHaveLength(1);
  });
});
