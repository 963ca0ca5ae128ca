import { describe, expect, it } from '@jest/globals';
import type { QueueMessage } from '@riposte/lambda';
import { whileTimeLasts } from './while-time-lasts.ts';

const message = (id: string, group: string): QueueMessage => ({
  id,
  body: {},
  group,
  sentAt: new Date(0),
  receiveCount: 1,
});

describe('whileTimeLasts', () => {
  it('begins no message in the second half of its time, and keeps the order', async () => {
    let left = 60_000;
    const done: string[] = [];
    const run = whileTimeLasts(async ({ id }) => {
      left -= 16_000;
      done.push(id);
    });
    const messages = ['1', '2', '3', '4'].map((id) => message(id, 'g'));
    const failures = await run(messages, { getRemainingTimeInMillis: () => left });
    expect(done).toEqual(['1', '2']);
    expect([...failures.keys()]).toEqual(['3', '4']);
    expect(failures.get('3')).toMatchObject({ name: 'OutOfTimeError', retryAfterSeconds: 0 });
  });

  it('begins the first of each group, however little time there is', async () => {
    const run = whileTimeLasts(async () => undefined);
    const messages = [message('1', 'a'), message('2', 'b')];
    expect(await run(messages, { getRemainingTimeInMillis: () => 5 })).toEqual(new Map());
  });
});
