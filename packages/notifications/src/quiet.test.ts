import { describe, expect, it } from '@jest/globals';
import type { TimeInterval } from '@riposte/rules';
import { expireSilence, silenceOf } from './index.ts';
import { type AlertChanges, alert, start } from './testing/alerts.ts';
import { line } from './testing/line.ts';
import { PostOffice } from './testing/post-office.ts';

const told = (post: PostOffice) => post.sent.map(line);
const resolved = (changes: AlertChanges = {}) =>
  alert({ status: 'resolved', version: 1, ...changes });
const time = (seconds: number) => new Date(start + seconds * 1_000).toISOString();
const silence = (from: number, to: number, changes: object = {}) =>
  silenceOf({
    matchers: [{ label: 'account', op: '=', value: '123456789012' }],
    startsAt: time(from),
    endsAt: time(to),
    author: 'ada',
    reason: 'migration',
    ...changes,
  });

describe('mute and active times', () => {
  // Tests begin at 12:00 UTC.
  const lunch: TimeInterval = { name: 'lunch', ranges: [{ times: ['12:00-13:00'] }] };
  const tea: TimeInterval = { name: 'tea', ranges: [{ times: ['16:00-17:00'] }] };
  const muted = (notify: ConstructorParameters<typeof PostOffice>[0] = { mute: ['lunch'] }) => {
    const post = new PostOffice(notify);
    post.timeIntervals = [lunch, tea];
    return post;
  };

  it('hold everything back, and let one message out when they end', () => {
    const post = muted()
      .receive(alert())
      .until(600)
      .receive(alert({ finding: 'bucket-2' }));
    expect(post.until(3_599).sent).toEqual([]);
    post.until(3_700);
    expect(told(post)).toEqual(['3600 chat news firing: bucket-1 new HIGH, bucket-2 new HIGH']);
  });

  it('say why, and until when', () => {
    const post = muted().receive(alert()).until(30);
    post.run();
    expect(post.held).toContainEqual({
      groupKey: expect.any(String),
      reason: 'mute',
      by: 'lunch',
      until: '2026-01-05T13:00:00.000Z',
    });
  });

  it('hide what opens and resolves within them', () => {
    const post = muted().receive(alert()).until(600).receive(resolved()).until(100_000);
    expect(post.sent).toEqual([]);
  });

  it('hold back the end of what was told before, and tell it when they end', () => {
    const post = muted({ mute: ['tea'] })
      .receive(alert())
      .until(14_401);
    post.receive(resolved({ version: 14_401 })).until(100_000);
    expect(told(post)).toEqual([
      '30 chat news firing: bucket-1 new HIGH',
      '18000 chat news resolved: bucket-1 resolved HIGH',
    ]);
  });

  it('hold back a repeat, and send one when they end', () => {
    const post = muted({ mute: ['tea'] })
      .receive(alert())
      .until(18_001);
    expect(told(post)[1]).toBe('18000 chat repeat firing: bucket-1 open HIGH');
    expect(post.sent).toHaveLength(2);
  });

  it('let messages out in active times alone', () => {
    const post = muted({ active: ['tea'] })
      .receive(alert())
      .until(14_399);
    expect(post.sent).toEqual([]);
    post.until(14_400);
    expect(told(post)).toEqual(['14400 chat news firing: bucket-1 new HIGH']);
    expect(post.held).toEqual([expect.objectContaining({ reason: 'inactive', by: 'tea' })]);
  });
});

describe('silences', () => {
  it('hold back what they match until they end', () => {
    const post = new PostOffice();
    post.silences = [silence(0, 1_000)];
    post.receive(alert()).until(999);
    expect(post.sent).toEqual([]);
    expect(post.held[0]).toMatchObject({
      reason: 'silence',
      by: post.silences[0]?.id,
      detail: 'ada: migration',
      until: time(1_000),
      finding: alert().facts.key,
    });
    expect(told(post.until(1_000))).toEqual(['1000 chat news firing: bucket-1 new HIGH']);
  });

  it('leave the rest of the group alone', () => {
    const post = new PostOffice();
    post.silences = [
      silence(0, 1_000, { matchers: [{ label: 'severity', op: '=~', value: 'LOW|MEDIUM' }] }),
    ];
    post.receive(alert(), alert({ finding: 'bucket-2', severity: 'LOW' })).until(60);
    expect(told(post)).toEqual(['30 chat news firing: bucket-1 new HIGH']);
  });

  it('that are ended early are noticed after the interval', () => {
    const post = new PostOffice();
    post.silences = [silence(0, 90_000)];
    post.receive(alert()).until(100);
    post.silences = post.silences.map((one) => expireSilence(one, 'bob', new Date(post.now)));
    expect(told(post.until(1_000))).toEqual(['330 chat news firing: bucket-1 new HIGH']);
  });

  it('keep repeats back, but not the end of what was told', () => {
    const post = new PostOffice().receive(alert()).until(60);
    post.silences = [silence(60, 90_000)];
    post.until(50_000);
    expect(post.sent).toHaveLength(1);
    post.receive(resolved({ version: 50_000 })).until(51_000);
    expect(told(post)[1]).toBe('50030 chat news resolved: bucket-1 resolved HIGH');
  });

  it('end with the last finding that they silence, where they are to', () => {
    const post = new PostOffice();
    post.silences = [silence(0, 90_000, { untilResolved: true })];
    post.receive(alert(), alert({ finding: 'bucket-2' })).until(100);
    post.receive(resolved()).until(200);
    expect(post.silences[0]?.endsAt).toBe(time(90_000));
    post.receive(resolved({ finding: 'bucket-2', version: 200 })).until(300);
    expect(post.silences[0]).toMatchObject({
      endsAt: time(200),
      ended: { by: 'resolved', at: time(200) },
    });
    post.receive(alert({ version: 300 })).until(500);
    expect(told(post)).toEqual(['330 chat news firing: bucket-1 new HIGH']);
  });
});

describe('inhibition', () => {
  const worse = {
    name: 'worse on the same bucket',
    source: [{ label: 'severity', op: '=', value: 'CRITICAL' }],
    target: [{ label: 'severity', op: '!=', value: 'CRITICAL' }],
    equal: ['resource'],
  } as const;
  const bucket = { resource: 'arn:aws:s3:::one' };

  it('mutes lesser findings while a worse one on the same resource is open', () => {
    const post = new PostOffice();
    post.inhibitions = [worse];
    const source = { finding: 'policy', severity: 'CRITICAL', labels: bucket } as const;
    post.receive(alert({ labels: bucket }), alert({ finding: 'elsewhere' })).until(10);
    post.receive(alert(source)).until(1_000);
    expect(told(post)).toEqual(['30 chat news firing: policy new CRITICAL, elsewhere new HIGH']);
    expect(post.held[0]).toMatchObject({
      reason: 'inhibition',
      by: 'worse on the same bucket',
      detail: `policy is public (${alert(source).facts.key})`,
    });
    post.receive(resolved({ ...source, version: 1_000 })).until(2_000);
    expect(told(post).slice(1)).toEqual([
      '1030 chat news firing: bucket-1 new HIGH, policy resolved CRITICAL, elsewhere open HIGH',
    ]);
  });
});
