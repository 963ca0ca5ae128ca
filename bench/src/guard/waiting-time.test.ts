import { createServer, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { watchWaiting } from './waiting-time.ts';

const server = createServer((_, response) => {
  setTimeout(() => response.end('done'), 60);
});
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(() => {
  server.close();
});

function ask(): Promise<void> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port }, (response) => response.resume().on('end', resolve))
      .on('error', reject)
      .end();
  });
}

describe('watchWaiting', () => {
  it('counts the time under way once where requests overlap, and not the time between', async () => {
    const waiting = watchWaiting();
    const began = performance.now();
    await Promise.all([ask(), ask()]);
    const overlapping = waiting.total();
    expect(overlapping).toBeGreaterThan(50);
    expect(overlapping).toBeLessThanOrEqual(performance.now() - began);
    await sleep(50);
    expect(waiting.total()).toBe(overlapping);
  });

  it('does not wait for ever for a request that fails', async () => {
    const waiting = watchWaiting();
    const failed = request({ host: '127.0.0.1', port });
    const gone = new Promise<void>((resolve) =>
      failed.on('error', () => undefined).on('close', resolve),
    );
    failed.end();
    await sleep(10);
    failed.destroy(new Error('cut'));
    await gone;
    const total = waiting.total();
    expect(total).toBeGreaterThan(5);
    await sleep(30);
    expect(waiting.total()).toBe(total);
  });
});
