import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alert, start } from './testing/alerts.ts';
import { line } from './testing/line.ts';
import { PostOffice } from './testing/post-office.ts';

/** Each finding in a group of its own; the channel takes so many messages an hour. */
function office(maxPerHour: number): PostOffice {
  const post = new PostOffice({ group: { by: ['finding'], wait: '0s', interval: '5m' } });
  post.channels = post.channels.map((channel) => ({ ...channel, maxPerHour }));
  return post;
}

const bucket = (count: number) =>
  alert({ finding: `bucket-${count}`, severity: count === 300 ? 'CRITICAL' : 'LOW' });
const hour = 3_600_000;

describe('the limit of a channel', () => {
  it('makes one message of five hundred findings', () => {
    const post = office(1);
    for (let count = 0; count < 500; count += 1) post.receive(bucket(count));
    post.until(10_000);
    expect(post.sent).toHaveLength(1);
    expect(post.sent[0]).toMatchObject({
      kind: 'digest',
      status: 'firing',
      total: 500,
      collected: 500,
      counts: { new: 500 },
      at: '2026-01-05T12:01:00.000Z',
    });
    expect(post.sent[0]?.findings).toHaveLength(20);
    expect(post.sent[0]?.findings[0]).toMatchObject({ id: 'bucket-300', severity: 'CRITICAL' });
  });

  it('lets the first ones out, and collects the rest', () => {
    const post = office(4);
    for (let count = 0; count < 10; count += 1) post.receive(bucket(count));
    post.until(3_000);
    expect(post.sent.map(({ kind, total }) => `${kind} ${total}`)).toEqual([
      ...['news 1', 'news 1', 'news 1', 'digest 7'],
    ]);
    expect(post.held).toHaveLength(7);
    expect(post.held[0]).toMatchObject({
      reason: 'rate-limit',
      by: 'chat',
      until: '2026-01-05T12:01:00.000Z',
    });
  });

  it('sends the next digest when there is room again', () => {
    const post = office(2);
    for (let count = 0; count < 5; count += 1) post.receive(bucket(count)).until(count * 100);
    post.until(10_000);
    expect(post.sent.map(line).map((said) => said.split(':')[0])).toEqual([
      '0 chat news firing',
      '60 chat digest firing',
      '3600 chat digest firing',
    ]);
    expect(new Set(post.sent.map(({ id }) => id)).size).toBe(3);
  });

  it('is counted for each channel by itself', () => {
    const post = office(1);
    post.receive(bucket(1), alert({ channel: 'boss' })).until(100);
    expect(post.sent.map(({ channel }) => channel).toSorted()).toEqual(['boss', 'chat']);
  });

  it('never keeps an incident open that is over', () => {
    const post = office(1);
    const paged = { channel: 'pager' };
    post.receive(alert(paged)).until(100);
    post.receive(alert({ ...paged, status: 'resolved', version: 100 })).until(400);
    expect(post.sent.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'digest firing',
      'news resolved',
    ]);
  });

  it('holds in every hour, and everything over it is in a digest', () => {
    const arrivals = fc.array(fc.integer({ min: 0, max: 4 * 3_600 }), { maxLength: 60 });
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 6 }), (times, limit) => {
        const post = office(limit);
        for (const [count, seconds] of times.toSorted((one, other) => one - other).entries())
          post.until(seconds).receive(bucket(count));
        post.until(12 * 3_600);
        const sent = post.sent.map(({ at }) => Date.parse(at) - start);
        for (const begin of sent)
          expect(sent.filter((at) => at >= begin && at < begin + hour).length).toBeLessThanOrEqual(
            limit,
          );
        const total = post.sent.reduce((sum, message) => sum + message.total, 0);
        expect(total).toBe(times.length);
      }),
    );
  });
});
