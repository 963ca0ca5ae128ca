import { describe, expect, it } from '@jest/globals';
import { silenceOf } from './index.ts';
import type { AlertChanges } from './testing/alerts.ts';
import { alert, usualGroup } from './testing/alerts.ts';
import { line } from './testing/line.ts';
import { PostOffice } from './testing/post-office.ts';

const told = (post: PostOffice) => post.sent.map(line);
const resolved = (changes: AlertChanges = {}) =>
  alert({ status: 'resolved', version: 1, ...changes });

describe('wait', () => {
  it('collects what comes in before the first message', () => {
    const post = new PostOffice().receive(alert()).until(29);
    post.receive(alert({ finding: 'bucket-2' })).until(299);
    expect(told(post)).toEqual(['30 chat news firing: bucket-1 new HIGH, bucket-2 new HIGH']);
  });

  it('tells nothing of what has resolved before it is over', () => {
    const post = new PostOffice()
      .receive(alert())
      .until(20)
      .receive(resolved({ version: 20 }));
    post.until(100_000);
    expect(post.sent).toEqual([]);
    expect([...post.groups.values()][0]).not.toHaveProperty('nextAt');
  });

  it('tells the rest of a group of which one has resolved', () => {
    const post = new PostOffice().receive(alert(), alert({ finding: 'bucket-2' }));
    post.until(10).receive(resolved()).until(60);
    expect(told(post)).toEqual(['30 chat news firing: bucket-2 new HIGH']);
  });

  it('sends at once where there is none', () => {
    const post = new PostOffice({ group: { ...usualGroup, wait: '0s' } }).receive(alert()).until(0);
    expect(told(post)).toEqual(['0 chat news firing: bucket-1 new HIGH']);
  });
});

describe('interval', () => {
  it('passes before the group tells of what joined it, and names what is still open', () => {
    const post = new PostOffice().receive(alert()).until(60);
    post.receive(alert({ finding: 'bucket-2' })).until(329);
    expect(post.sent).toHaveLength(1);
    post.until(330);
    expect(told(post)[1]).toBe('330 chat news firing: bucket-2 new HIGH, bucket-1 open HIGH');
    expect(post.sent[1]).toMatchObject({ total: 2, counts: { new: 1, open: 1 }, repeat: 0 });
  });

  it('gives later ones the wait to gather, where the last message was long ago', () => {
    const post = new PostOffice().receive(alert()).until(1_000);
    post.receive(alert({ finding: 'bucket-2' })).until(1_020);
    post.receive(alert({ finding: 'bucket-3' })).until(1_040);
    expect(told(post)[1]).toBe(
      '1030 chat news firing: bucket-2 new HIGH, bucket-3 new HIGH, bucket-1 open HIGH',
    );
  });

  it('tells of a change that the rule names, once', () => {
    const post = new PostOffice().receive(alert()).until(60);
    post.receive(alert({ severity: 'CRITICAL', version: 50 })).until(5_000);
    expect(told(post)[1]).toBe('330 chat news firing: bucket-1 changed CRITICAL');
    expect(post.sent).toHaveLength(2);
  });

  it('tells nothing of what changed and changed back meanwhile', () => {
    const post = new PostOffice().receive(alert()).until(60);
    post.receive(alert({ severity: 'CRITICAL', version: 50 })).until(100);
    post.receive(alert({ version: 90 })).until(5_000);
    expect(post.sent).toHaveLength(1);
  });

  it('tells nothing of a finding that is published again', () => {
    const post = new PostOffice().receive(alert()).until(60);
    post
      .receive(alert({ version: 50 }))
      .until(100)
      .receive(alert({ version: 90 }))
      .until(5_000);
    expect(post.sent).toHaveLength(1);
  });
});

describe('repeat', () => {
  it('tells what is still open again, with its own count and id', () => {
    const post = new PostOffice().receive(alert()).until(30 + 3 * 14_400);
    expect(told(post)).toEqual([
      '30 chat news firing: bucket-1 new HIGH',
      '14430 chat repeat firing: bucket-1 open HIGH',
      '28830 chat repeat firing: bucket-1 open HIGH',
      '43230 chat repeat firing: bucket-1 open HIGH',
    ]);
    expect(post.sent.map(({ repeat }) => repeat)).toEqual([0, 1, 2, 3]);
    expect(new Set(post.sent.map(({ id }) => id)).size).toBe(4);
  });

  it('counts from the last message, and starts to count anew with news', () => {
    const post = new PostOffice().receive(alert()).until(14_430);
    post.receive(alert({ finding: 'bucket-2' })).until(29_129);
    expect(post.sent.map(({ repeat }) => repeat)).toEqual([0, 1, 0]);
    post.until(29_130);
    expect(post.sent.map(({ repeat }) => repeat)).toEqual([0, 1, 0, 1]);
  });

  it('never happens where the rule does not ask for it', () => {
    const { repeat: _, ...group } = usualGroup;
    const post = new PostOffice({ group }).receive(alert()).until(90 * 86_400);
    expect(post.sent).toHaveLength(1);
  });

  it('ends with findings that nobody has heard of for four hundred days', () => {
    const daily = { ...usualGroup, repeat: '1d' };
    const post = new PostOffice({ group: daily }).receive(alert()).until(500 * 86_400);
    expect(post.sent).toHaveLength(400);
    expect([...post.groups.values()][0]).not.toHaveProperty('nextAt');
  });
});

describe('resolved notices', () => {
  it('tell the end of a finding while others are open', () => {
    const post = new PostOffice().receive(alert(), alert({ finding: 'bucket-2' })).until(60);
    post.receive(resolved({ version: 50 })).until(400);
    expect(told(post)[1]).toBe('330 chat news firing: bucket-1 resolved HIGH, bucket-2 open HIGH');
  });

  it('tell once that all are resolved, and end the group', () => {
    const post = new PostOffice().receive(alert(), alert({ finding: 'bucket-2' })).until(60);
    post.receive(resolved(), resolved({ finding: 'bucket-2' })).until(100_000);
    expect(told(post).slice(1)).toEqual([
      '330 chat news resolved: bucket-1 resolved HIGH, bucket-2 resolved HIGH',
    ]);
    const [group] = post.groups.values();
    expect(group).not.toHaveProperty('nextAt');
    expect(group).toHaveProperty('expiresAt');
  });

  it('are not sent where the route does not want them; the group ends all the same', () => {
    const post = new PostOffice({ resolved: false }).receive(alert()).until(60);
    post.receive(resolved()).until(100_000);
    expect(post.sent).toHaveLength(1);
    expect([...post.groups.values()][0]).not.toHaveProperty('nextAt');
  });

  it('let a finding that opens again be told anew, after the wait', () => {
    const post = new PostOffice().receive(alert()).until(60).receive(resolved()).until(1_000);
    post.receive(alert({ version: 900 })).until(1_100);
    expect(told(post)[2]).toBe('1030 chat news firing: bucket-1 new HIGH');
    expect(new Set(post.sent.map(({ id }) => id)).size).toBe(3);
  });

  it('do not shorten the life of a finding that opens again, whoever silences it', () => {
    const post = new PostOffice().receive(alert()).until(60).receive(resolved()).until(1_000);
    const [startsAt, endsAt] = ['2026-01-05T12:00:00Z', '2026-03-05T12:00:00Z'];
    const why = { author: 'ada', reason: 'known' };
    const matchers = [{ label: 'severity', op: '=', value: 'HIGH' }] as const;
    post.silences = [silenceOf({ matchers, startsAt, endsAt, ...why })];
    // The store keeps what the last flush noted, the end among it.
    const noted = [...post.alerts.values()].map(({ expiresAt }) => expiresAt);
    post.receive(alert({ version: 900 }));
    for (const [key, one] of post.alerts)
      post.alerts.set(key, { ...one, expiresAt: noted[0] ?? one.expiresAt });
    post.until(60 * 86_400);
    expect(told(post)[2]).toBe('5097600 chat news firing: bucket-1 new HIGH');
  });

  it('are not undone by an old version that comes late', () => {
    const post = new PostOffice().receive(alert()).until(60);
    post.receive(resolved({ version: 50 })).until(1_000);
    post.receive(alert({ version: 40, severity: 'CRITICAL' })).until(10_000);
    expect(post.sent).toHaveLength(2);
  });
});

describe('groups', () => {
  it('are told apart by the labels that they are grouped by', () => {
    const post = new PostOffice().receive(alert());
    post.receive(alert({ finding: 'other', labels: { account: '210987654321' } })).until(60);
    expect(told(post)).toEqual([
      '30 chat news firing: bucket-1 new HIGH',
      '30 chat news firing: other new HIGH',
    ]);
    expect(new Set(post.sent.map(({ groupKey }) => groupKey)).size).toBe(2);
  });

  it('say what their findings have in common', () => {
    const post = new PostOffice().receive(alert(), alert({ finding: 'bucket-2' })).until(60);
    expect(post.sent[0]?.labels).toEqual({
      account: '123456789012',
      severity: 'HIGH',
      rule: 'pack/buckets',
    });
  });

  it('name a finding once, and twenty at most, the worst first; they count all', () => {
    const post = new PostOffice();
    for (let count = 0; count < 500; count += 1)
      post.receive(
        alert({ finding: `bucket-${count}`, severity: count === 77 ? 'CRITICAL' : 'LOW' }),
      );
    post.until(60);
    expect(post.sent).toHaveLength(1);
    expect(post.sent[0]).toMatchObject({ total: 500, counts: { new: 500 } });
    expect(post.sent[0]?.findings).toHaveLength(20);
    expect(post.sent[0]?.findings[0]?.id).toBe('bucket-77');
  });

  it('are small, whatever the number of alerts in them', () => {
    const post = new PostOffice();
    for (let count = 0; count < 2_000; count += 1)
      post.receive(alert({ finding: `bucket-${count}` }));
    post.until(60);
    const [group] = post.groups.values();
    expect(JSON.stringify(group).length).toBeLessThan(2_000);
    expect(post.sent[0]?.total).toBe(2_000);
  });

  it('share no message of rules that say how they are to tell', () => {
    const post = new PostOffice().receive(alert(), alert({ rule: 'pack/others' })).until(60);
    expect(post.sent).toHaveLength(2);
  });

  it('are those of the channel where the rule only names it', () => {
    const post = new PostOffice();
    post.channels = post.channels.map((channel) => ({ ...channel, group: usualGroup }));
    post.notify = {};
    post.receive(alert(), alert({ rule: 'pack/others' })).until(60);
    expect(post.sent).toHaveLength(1);
    expect(post.sent[0]).toMatchObject({ total: 1, findings: [{ id: 'bucket-1' }] });
  });

  it('lose a finding that the rule does not match any more, without a word', () => {
    const post = new PostOffice().receive(alert()).until(60).withdraw(alert()).until(100_000);
    expect(post.sent).toHaveLength(1);
    post.receive(alert({ version: 99_000 })).until(100_100);
    expect(told(post)[1]).toBe('100030 chat news firing: bucket-1 new HIGH');
  });

  it('close an incident that a receiver keeps, even so', () => {
    const paged = alert({ channel: 'pager' });
    const post = new PostOffice().receive(paged).until(60).withdraw(paged).until(1_000);
    expect(told(post)[1]).toBe('330 pager news resolved: bucket-1 resolved HIGH');
  });
});
