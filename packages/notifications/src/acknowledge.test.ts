import { describe, expect, it } from '@jest/globals';
import { silenceOf } from './index.ts';
import { type AlertChanges, alert } from './testing/alerts.ts';
import { line } from './testing/line.ts';
import { PostOffice } from './testing/post-office.ts';

const told = (post: PostOffice) => post.sent.map(line);
const taken = (changes: AlertChanges = {}) =>
  alert({ status: 'acknowledged', content: ' NOTIFIED', version: 1, ...changes });
const resolved = (changes: AlertChanges = {}) =>
  alert({ status: 'resolved', version: 2, ...changes });

describe('acknowledgement', () => {
  it('is told once, and ends repeats', () => {
    const post = new PostOffice().receive(alert()).until(60).acknowledge(alert(), 'ada');
    post.until(100_000);
    expect(told(post)).toEqual([
      '30 chat news firing: bucket-1 new HIGH',
      '330 chat news acknowledged: bucket-1 acknowledged HIGH',
    ]);
    expect(post.sent[1]?.acknowledgedBy).toEqual([
      { by: 'ada', at: '2026-01-05T12:01:00.000Z', via: 'slack' },
    ]);
  });

  it('is what workflow NOTIFIED means, however often the finding is published', () => {
    const post = new PostOffice().receive(alert()).until(60).receive(taken()).until(1_000);
    for (const version of [2, 3, 4]) post.receive(taken({ version })).until(version * 10_000);
    expect(told(post).slice(1)).toEqual(['330 chat news acknowledged: bucket-1 acknowledged HIGH']);
    expect(post.sent[1]?.acknowledgedBy?.[0]).toMatchObject({ by: 'Security Hub' });
  });

  it('in two places is told once', () => {
    const post = new PostOffice().receive(alert()).until(60).acknowledge(alert(), 'ada');
    post
      .until(1_000)
      .receive(taken({ version: 900 }))
      .until(90_000);
    expect(post.sent).toHaveLength(2);
  });

  it('leaves what others have not taken on', () => {
    const post = new PostOffice().receive(alert(), alert({ finding: 'bucket-2' })).until(60);
    post.receive(taken()).until(15_000);
    expect(told(post).slice(1)).toEqual([
      '330 chat news firing: bucket-1 acknowledged HIGH, bucket-2 open HIGH',
      '14730 chat repeat firing: bucket-2 open HIGH',
    ]);
  });

  it('does not keep a finding from being told that nobody has heard of', () => {
    const post = new PostOffice().receive(alert()).until(5).receive(taken()).until(90_000);
    expect(told(post)).toEqual(['30 chat news acknowledged: bucket-1 new HIGH']);
  });

  it('keeps other changes quiet, and says so', () => {
    const post = new PostOffice().receive(alert()).until(60).receive(taken()).until(1_000);
    post
      .receive(taken({ content: ' NOTIFIED, other title', version: 2 }))
      .until(2_000)
      .run();
    expect(post.sent).toHaveLength(2);
    expect(post.held.at(-1)).toMatchObject({ reason: 'acknowledged', by: 'Security Hub' });
  });

  it('does not cover a higher severity, which is told and repeated again', () => {
    const post = new PostOffice().receive(alert()).until(60).receive(taken()).until(1_000);
    post.receive(taken({ severity: 'CRITICAL', version: 2 })).until(16_000);
    expect(told(post).slice(2)).toEqual([
      '1030 chat news firing: bucket-1 changed CRITICAL',
      '15430 chat repeat firing: bucket-1 open CRITICAL',
    ]);
  });

  it('of the higher severity covers that too', () => {
    const post = new PostOffice().receive(alert()).until(60).receive(taken()).until(1_000);
    post.receive(taken({ severity: 'CRITICAL', version: 2 })).until(2_000);
    post.acknowledge(alert(), 'bob').until(90_000);
    expect(told(post).slice(3)).toEqual([
      '2030 chat news acknowledged: bucket-1 acknowledged CRITICAL',
    ]);
  });

  it('that is taken back lets repeats go on', () => {
    const post = new PostOffice().receive(alert()).until(60).receive(taken()).until(1_000);
    post.receive(alert({ version: 900 })).until(16_000);
    expect(told(post).slice(2)).toEqual([
      '1030 chat news firing: bucket-1 changed HIGH',
      '15430 chat repeat firing: bucket-1 open HIGH',
    ]);
  });

  it('that is taken back without anything that the rule names lets repeats and escalation go on', () => {
    const same = { fingerprint: 'same' };
    const post = new PostOffice({ escalate: [{ after: '30m', channel: 'pager' }] });
    post.receive({ ...alert(), ...same }).until(60);
    post.receive({ ...taken(), ...same }).until(1_000);
    post.receive({ ...alert({ version: 900 }), ...same }).until(16_000);
    expect(told(post).slice(2)).toEqual([
      '2830 pager escalation escalated: bucket-1 open HIGH',
      '14730 chat repeat firing: bucket-1 open HIGH',
    ]);
    post.receive({ ...taken({ version: 15_900 }), ...same }).until(40_000);
    expect(told(post).slice(4)).toEqual([
      '16030 chat news acknowledged: bucket-1 acknowledged HIGH',
      '16030 pager news acknowledged: bucket-1 acknowledged HIGH',
    ]);
  });

  it('does not cover a higher severity, even where the rule does not name severity', () => {
    const same = { fingerprint: 'same' };
    const post = new PostOffice().receive({ ...alert(), ...same }).until(60);
    post.receive({ ...taken(), ...same }).until(1_000);
    post.receive({ ...taken({ severity: 'CRITICAL', version: 2 }), ...same }).until(2_000);
    expect(told(post).slice(2)).toEqual(['1030 chat news firing: bucket-1 changed CRITICAL']);
  });

  it('says nothing about a finding that comes back after its end', () => {
    const post = new PostOffice().receive(alert()).until(60).acknowledge(alert(), 'ada');
    post
      .until(1_000)
      .receive(resolved({ version: 900 }))
      .until(2_000);
    post.receive(alert({ version: 1_900 })).until(20_000);
    expect(told(post).slice(2)).toEqual([
      '1030 chat news resolved: bucket-1 resolved HIGH',
      '2030 chat news firing: bucket-1 new HIGH',
      '16430 chat repeat firing: bucket-1 open HIGH',
    ]);
  });
});

describe('escalation', () => {
  const escalate = [
    { after: '30m', channel: 'pager' },
    { after: '1h', channel: 'boss' },
  ];
  const { repeat: _, ...group } = { by: ['account'], wait: '30s', interval: '5m', repeat: '4h' };
  const office = () => new PostOffice({ group, escalate });

  it('tells the next channels, each once, counted from the first message', () => {
    const post = office().receive(alert()).until(90_000);
    expect(told(post)).toEqual([
      '30 chat news firing: bucket-1 new HIGH',
      '1830 pager escalation escalated: bucket-1 open HIGH',
      '3630 boss escalation escalated: bucket-1 open HIGH',
    ]);
    expect(post.sent.map(({ level }) => level)).toEqual([undefined, 1, 2]);
  });

  it('leaves the words to the channel that it wakes', () => {
    const post = new PostOffice({ group, escalate, title: 'for chat', body: 'long' });
    post.receive(alert()).until(2_000);
    expect(post.sent.map(({ title }) => title)).toEqual(['for chat', undefined]);
  });

  it('stops when somebody acknowledges, and tells whom it woke', () => {
    const post = office().receive(alert()).until(2_000).acknowledge(alert(), 'ada').until(90_000);
    expect(told(post).slice(1)).toEqual([
      '1830 pager escalation escalated: bucket-1 open HIGH',
      '2030 chat news acknowledged: bucket-1 acknowledged HIGH',
      '2030 pager news acknowledged: bucket-1 acknowledged HIGH',
    ]);
  });

  it('does not begin when it is acknowledged or resolved in time', () => {
    const first = office().receive(alert()).until(1_000).acknowledge(alert(), 'ada').until(90_000);
    const second = office().receive(alert()).until(1_000).receive(resolved()).until(90_000);
    expect(told(first)).toHaveLength(2);
    expect(told(second)).toHaveLength(2);
  });

  it('is cancelled by an acknowledgement that is not told yet', () => {
    const post = office().receive(alert()).until(1_829).acknowledge(alert(), 'ada').until(1_858);
    expect(post.sent).toHaveLength(1);
  });

  it('tells those that it woke of the end, and begins anew with what comes after', () => {
    const post = office()
      .receive(alert())
      .until(2_000)
      .receive(resolved({ version: 2_000 }));
    post
      .until(3_000)
      .receive(alert({ version: 3_000 }))
      .until(5_000);
    expect(told(post).slice(2)).toEqual([
      '2030 chat news resolved: bucket-1 resolved HIGH',
      '2030 pager news resolved: bucket-1 resolved HIGH',
      '3030 chat news firing: bucket-1 new HIGH',
      '4830 pager escalation escalated: bucket-1 open HIGH',
    ]);
  });

  it('tells those that it woke of one end only, though something silenced stays open', () => {
    const post = office();
    const silenced = { label: 'severity', op: '=', value: 'LOW' } as const;
    const [startsAt, endsAt] = ['2026-01-05T12:00:00Z', '2026-01-06T12:00:00Z'];
    const why = { author: 'ada', reason: 'known' };
    post.silences = [silenceOf({ matchers: [silenced], startsAt, endsAt, ...why })];
    post.receive(alert(), alert({ finding: 'bucket-2', severity: 'LOW' })).until(2_000);
    post.receive(resolved({ version: 2_000 })).until(3_000);
    post.receive(alert({ version: 3_000 })).until(3_100);
    post.receive(resolved({ version: 3_100 })).until(4_000);
    expect(told(post).slice(2)).toEqual([
      '2030 chat news resolved: bucket-1 resolved HIGH',
      '2030 pager news resolved: bucket-1 resolved HIGH',
      '3030 chat news firing: bucket-1 new HIGH',
      '3330 chat news resolved: bucket-1 resolved HIGH',
    ]);
  });

  it('catches up with every step after nothing has run for a while', () => {
    const post = office().receive(alert()).until(60);
    post.now += 80_000_000;
    post.run();
    expect(told(post).slice(1)).toEqual([
      '80060 pager escalation escalated: bucket-1 open HIGH',
      '80060 boss escalation escalated: bucket-1 open HIGH',
    ]);
    expect(post.run().sent).toHaveLength(3);
  });

  it('begins again with a severity that nobody has acknowledged', () => {
    const post = office().receive(alert()).until(60).receive(taken()).until(10_000);
    post.receive(taken({ severity: 'CRITICAL', version: 10_000 })).until(12_000);
    expect(told(post).slice(2)).toEqual([
      '10030 chat news firing: bucket-1 changed CRITICAL',
      '11830 pager escalation escalated: bucket-1 open CRITICAL',
    ]);
  });

  it('waits while the next channel is muted', () => {
    const post = office();
    post.timeIntervals = [{ name: 'lunch', ranges: [{ times: ['12:00-13:00'] }] }];
    post.channels = post.channels.map((channel) =>
      channel.name === 'pager' ? { ...channel, mute: ['lunch'] } : channel,
    );
    post.receive(alert()).until(2_000).run().until(4_000);
    expect(told(post).slice(1)).toEqual([
      '3600 pager escalation escalated: bucket-1 open HIGH',
      '3630 boss escalation escalated: bucket-1 open HIGH',
    ]);
    expect(post.held).toContainEqual(
      expect.objectContaining({ reason: 'mute', detail: 'escalation to pager' }),
    );
  });
});
