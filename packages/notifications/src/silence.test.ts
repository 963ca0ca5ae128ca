import { describe, expect, it } from '@jest/globals';
import type { Matcher } from '@riposte/rules';
import { parseDuration } from './duration.ts';
import {
  expireSilence,
  inhibitedBy,
  inhibitionKeys,
  inhibitorsByKey,
  isActive,
  matches,
  silencedBy,
  silenceOf,
} from './index.ts';

describe('matches', () => {
  const labels = { severity: 'HIGH', team: 'web' };
  const fits = (op: Matcher['op'], value: string, label = 'severity') =>
    matches([{ label, op, value }], labels);

  it('compares whole values', () => {
    expect([fits('=', 'HIGH'), fits('=', 'HIG'), fits('!=', 'HIGH'), fits('!=', 'LOW')]).toEqual([
      ...[true, false, false, true],
    ]);
    expect([fits('=~', 'LOW|HIGH'), fits('=~', 'HIG'), fits('=~', 'H.*')]).toEqual([
      ...[true, false, true],
    ]);
    expect([fits('!~', 'LOW|HIGH'), fits('!~', 'HIG')]).toEqual([false, true]);
  });

  it('takes a missing label for an empty one', () => {
    expect([fits('=', '', 'owner'), fits('=~', '.*', 'owner'), fits('=~', '.+', 'owner')]).toEqual([
      ...[true, true, false],
    ]);
    expect(fits('!=', 'x', 'constructor')).toBe(true);
    expect(fits('=', '', 'constructor')).toBe(true);
  });

  it('asks for all of them', () => {
    const both = (team: string): Matcher[] => [
      { label: 'severity', op: '=', value: 'HIGH' },
      { label: 'team', op: '=', value: team },
    ];
    expect([matches(both('web'), labels), matches(both('data'), labels)]).toEqual([true, false]);
  });

  it('refuses an expression that RE2 does not know', () => {
    expect(() => fits('=~', '(?=x)')).toThrow(
      "matcher of 'severity': '(?=x)' is no RE2 expression",
    );
  });

  it('takes linear time over a value made to be slow', () => {
    const begin = performance.now();
    const slow = { label: 'title', op: '=~', value: '(a+)+b' } as const;
    expect(matches([slow], { title: 'a'.repeat(20_000) })).toBe(false);
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
});

describe('silences', () => {
  const request = {
    matchers: [{ label: 'team', op: '=', value: 'web' }],
    startsAt: '2026-01-05T12:00:00Z',
    endsAt: '2026-01-05T13:00:00Z',
    author: 'ada',
    reason: 'migration',
  } as const;
  const at = (time: string) => new Date(`2026-01-05T${time}Z`);

  it('are in force from their start until just before their end', () => {
    const silence = silenceOf(request);
    const times = ['11:59:59', '12:00:00', '12:59:59', '13:00:00'];
    expect(times.map((time) => isActive(silence, at(time)))).toEqual([false, true, true, false]);
  });

  it('are the same when they are asked for twice', () => {
    expect(silenceOf({ ...request, startsAt: '2026-01-05T13:00:00+01:00' })).toEqual(
      silenceOf(request),
    );
  });

  it.each([
    [{ author: ' ' }, 'a silence needs an author'],
    [{ reason: '' }, 'a silence needs a reason'],
    [{ endsAt: '2026-01-05T12:00:00Z' }, 'a silence ends after it starts'],
    [{ startsAt: 'now' }, 'a silence ends after it starts'],
    [{ matchers: [] }, 'a silence needs a matcher'],
    [{ matchers: [{ label: 'team', op: '=~', value: '.*' }] }, 'a silence needs a matcher'],
    [{ matchers: [{ label: 'team', op: '!=', value: 'web' }] }, 'a silence needs a matcher'],
  ] as const)('refuse %j', (changes, message) => {
    expect(() => silenceOf({ ...request, ...changes })).toThrow(message);
  });

  it('name the one that ends last of those that match', () => {
    const long = silenceOf({ ...request, endsAt: '2026-01-05T15:00:00Z' });
    const other = { ...request.matchers[0], value: 'data' };
    const elsewhere = silenceOf({ ...request, endsAt: '2026-01-06T15:00:00Z', matchers: [other] });
    const all = [silenceOf(request), long, elsewhere];
    expect(silencedBy({ team: 'web' }, all, at('12:30:00'))).toBe(long);
    expect(silencedBy({ team: 'none' }, all, at('12:30:00'))).toBeUndefined();
  });

  it('end when somebody ends them, once', () => {
    const silence = expireSilence(silenceOf(request), 'bob', at('12:30:00'));
    expect(silence).toMatchObject({
      endsAt: '2026-01-05T12:30:00.000Z',
      ended: { by: 'bob', at: '2026-01-05T12:30:00.000Z' },
    });
    expect(expireSilence(silence, 'eve', at('12:40:00'))).toBe(silence);
  });
});

describe('inhibition', () => {
  const worse = {
    name: 'worse',
    source: [{ label: 'severity', op: '=~', value: 'CRITICAL|HIGH' }],
    target: [{ label: 'severity', op: '=~', value: 'HIGH|LOW' }],
    equal: ['resource', 'account'],
  } as const;
  const now = new Date('2026-01-05T12:00:00Z');
  const finding = (name: string, severity: string, labels: object = {}) => ({
    finding: name,
    labels: { severity, resource: 'bucket', account: '1', ...labels },
  });
  const mutes = (source: ReturnType<typeof finding>, target: ReturnType<typeof finding>) => {
    const entries = inhibitionKeys(source, [worse]).source.map((key) => ({
      ...key,
      finding: source.finding,
      title: source.finding,
      expiresAt: '2026-02-01T00:00:00.000Z',
    }));
    return inhibitedBy(target, [worse], inhibitorsByKey(entries), now)?.finding;
  };

  it('needs equal values of the named labels', () => {
    expect(mutes(finding('a', 'CRITICAL'), finding('b', 'LOW'))).toBe('a');
    expect(mutes(finding('a', 'CRITICAL'), finding('b', 'LOW', { account: '2' }))).toBeUndefined();
    expect(mutes(finding('a', 'LOW'), finding('b', 'LOW'))).toBeUndefined();
    expect(mutes(finding('a', 'CRITICAL'), finding('b', 'CRITICAL'))).toBeUndefined();
  });

  it('takes a missing label for an empty one', () => {
    const none = { resource: '', account: '' };
    const missing = { finding: 'b', labels: { severity: 'LOW' } };
    const keys = inhibitionKeys(finding('a', 'CRITICAL', none), [worse]);
    expect(inhibitionKeys(missing, [worse]).target).toContain(keys.source[0]?.key);
  });

  it('does not let a finding mute itself, nor what matches both sides mute its like', () => {
    expect(mutes(finding('a', 'HIGH'), finding('a', 'HIGH'))).toBeUndefined();
    expect(mutes(finding('a', 'HIGH'), finding('b', 'HIGH'))).toBeUndefined();
    expect(mutes(finding('a', 'HIGH'), finding('b', 'LOW'))).toBe('a');
    expect(mutes(finding('a', 'CRITICAL'), finding('b', 'HIGH'))).toBe('a');
    expect(mutes(finding('a', 'HIGH'), finding('a', 'LOW'))).toBeUndefined();
  });
});

describe('parseDuration', () => {
  it.each([
    ['30s', 30_000],
    ['5m', 300_000],
    ['4h', 14_400_000],
    ['1d', 86_400_000],
    ['2w', 1_209_600_000],
    ['1h30m', 5_400_000],
  ])('reads %s', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it.each(['', '5', 'm', '5 m', '-5m', '1.5h', '5y'])('refuses %j', (text) => {
    expect(() => parseDuration(text)).toThrow('is no duration');
  });
});
