import { describe, expect, it } from '@jest/globals';
import { type Silence, silenceOf } from '@riposte/notifications';
import { InvalidOptionError, NotFoundError, RefusedError } from '../errors.ts';
import { createProgram, type Dependencies } from '../program.ts';
import { type FakeSilences, fakeSilences } from '../testing/fake-silences.ts';
import { caller, fakeTerminal, now } from '../testing/fakes.ts';
import { type AddRequest, addSilence } from './add-silence.ts';
import { endSilence } from './expire-silence.ts';
import { listSilences, silencesTable } from './list-silences.ts';
import { parseMatcher } from './parse-matcher.ts';

const request: AddRequest = {
  matchers: ['account=123456789012', 'control=~S3\\..*'],
  reason: 'change 4711',
  for: '2h',
};

const hours = (count: number) => new Date(now.getTime() + count * 3_600_000).toISOString();

function silence(reason: string, from: number, to: number, more: Partial<Silence> = {}): Silence {
  const made = silenceOf({
    matchers: [{ label: 'severity', op: '=', value: 'LOW' }],
    ...{ startsAt: hours(from), endsAt: hours(to), author: caller, reason },
  });
  return { ...made, ...more };
}

describe('a matcher', () => {
  it.each([
    ['account=1', { label: 'account', op: '=', value: '1' }],
    ['severity!=LOW', { label: 'severity', op: '!=', value: 'LOW' }],
    ['control=~S3\\..*', { label: 'control', op: '=~', value: 'S3\\..*' }],
    ['owner!~a|b', { label: 'owner', op: '!~', value: 'a|b' }],
    ['owner=', { label: 'owner', op: '=', value: '' }],
    [' ProductFields.a/b = "x = y" ', { label: 'ProductFields.a/b', op: '=', value: 'x = y' }],
  ])('is read as Alertmanager reads it: %s', (text, matcher) => {
    expect(parseMatcher(text)).toEqual(matcher);
  });

  it.each(['account', '=x', '', 'a b=c', '1=2'])('is not %j', (text) => {
    expect(() => parseMatcher(text)).toThrow(InvalidOptionError);
  });
});

describe('adding a silence', () => {
  it('keeps quiet in the name of whoever asks, from now on', async () => {
    const ports = fakeSilences();
    const { id } = await addSilence(request, ports);
    expect(ports.stored.get(id)).toEqual({
      version: 1,
      silence: {
        id,
        matchers: [
          { label: 'account', op: '=', value: '123456789012' },
          { label: 'control', op: '=~', value: 'S3\\..*' },
        ],
        ...{ startsAt: hours(0), endsAt: hours(2), author: caller, reason: 'change 4711' },
      },
    });
  });

  it('begins later, ends at a time, and with the last finding', async () => {
    const { for: _, ...rest } = request;
    const asked = { ...rest, from: hours(1), until: hours(5), untilResolved: true };
    expect(await addSilence(asked, fakeSilences())).toMatchObject({
      ...{ startsAt: hours(1), endsAt: hours(5), untilResolved: true },
    });
  });

  const { for: _, ...endless } = request;
  it.each([
    ['one end', endless],
    ['one end', { ...request, until: hours(3) }],
    ['is no duration', { ...request, for: 'soon' }],
    ['is not a time', { ...endless, until: 'soon' }],
    ['that is over', { ...endless, until: hours(-1) }],
    ['a year at most', { ...request, for: '366d' }],
    ['ends after it starts', { ...endless, from: hours(4), until: hours(3) }],
    ['needs a reason', { ...request, reason: ' ' }],
    ['needs a matcher', { ...request, matchers: ['owner=~.*'] }],
    ['no RE2 expression', { ...request, matchers: ['owner=~(?=x)'] }],
  ])('says what is wrong: %s', async (problem, asked) => {
    const ports = fakeSilences();
    const added = addSilence(asked, ports);
    await expect(added).rejects.toThrow(InvalidOptionError);
    await expect(added).rejects.toThrow(problem);
    expect(ports.stored.size).toBe(0);
  });

  it('does not add what is there', async () => {
    const ports = fakeSilences();
    await addSilence(request, ports);
    await expect(addSilence(request, ports)).rejects.toThrow(RefusedError);
  });
});

describe('ending a silence', () => {
  it('ends it now, and says who did', async () => {
    const ports = fakeSilences(silence('a', -1, 9));
    const [id = ''] = ports.stored.keys();
    await endSilence(id.slice(0, 12), ports);
    expect(ports.stored.get(id)).toMatchObject({
      version: 2,
      silence: { endsAt: hours(0), ended: { at: hours(0), by: caller } },
    });
  });

  it('leaves one that has ended as it is', async () => {
    const ports = fakeSilences(silence('a', -3, -1));
    const [id = ''] = ports.stored.keys();
    expect(await endSilence(id, ports)).toMatchObject({ endsAt: hours(-1) });
    expect(ports.stored.get(id)?.version).toBe(1);
  });

  it('reads again when the router was faster, and gives up in the end', async () => {
    const ports = fakeSilences(silence('a', -1, 9));
    const [id = ''] = ports.stored.keys();
    ports.overtaken = 5;
    await expect(endSilence(id, ports)).rejects.toThrow(RefusedError);
    ports.overtaken = 2;
    expect(await endSilence(id, ports)).toMatchObject({ endsAt: hours(0) });
  });

  it('asks for an id that fits one', async () => {
    const ports = fakeSilences(silence('a', -1, 9), silence('b', -1, 9));
    await expect(endSilence('sil-', ports)).rejects.toThrow('2 silences begin with sil-');
    await expect(endSilence('x', ports)).rejects.toThrow(NotFoundError);
  });
});

describe('listing silences', () => {
  const ports = fakeSilences(
    silence('later', 1, 9),
    silence('over', -3, -1),
    silence('now', -1, 2, { untilResolved: true }),
  );

  it('shows those that hold or will hold, by their end', async () => {
    const text = silencesTable(await listSilences(false, ports), 200);
    expect(
      text.split('\n').map((row) => row.replace(/sil-\w+/, 'ID').replace(/ {2,}/g, '|')),
    ).toEqual([
      'ID|STATUS|ENDS|AUTHOR|REASON|MATCHES',
      'ID|active|2026-11-24 16:00 or resolved|ann|now|severity=LOW',
      'ID|pending|2026-11-24 23:00|ann|later|severity=LOW',
    ]);
  });

  it('shows what is over where that is asked for', async () => {
    const listed = await listSilences(true, ports);
    expect(listed.map(({ status }) => status)).toEqual(['ended', 'active', 'pending']);
    expect(silencesTable([])).toBe('No silences.');
  });

  it('lets no text of others move the cursor', async () => {
    const hostile = fakeSilences(silence('a\u001b[2J\nb', -1, 2));
    expect(silencesTable(await listSilences(false, hostile))).toContain('a\\u{1b}[2J\\u{a}b');
  });
});

describe('riposte silences', () => {
  async function riposte(ports: FakeSilences, ...argv: readonly string[]): Promise<string> {
    const terminal = fakeTerminal();
    const used: Pick<Dependencies, 'terminal' | 'openSilences'> = {
      terminal,
      openSilences: async () => ports,
    };
    const program = createProgram(Object.assign(Object.create(null), used));
    await program.parseAsync(['silences', ...argv, '--stage', 'prod'], { from: 'user' });
    return terminal.printed.join('\n');
  }

  it('adds, lists and ends', async () => {
    const ports = fakeSilences();
    const added = await riposte(
      ...([ports, 'add', 'severity=LOW', 'owner!=', '--for', '1h', '--reason', 'quiet'] as const),
      '--until-resolved',
    );
    expect(added).toMatch(/^sil-\w+\nSilent until .*, or resolved: severity=LOW owner!=$/);
    expect(await riposte(ports, 'list')).toContain('severity=LOW owner!=');
    const [id = ''] = ports.stored.keys();
    expect(await riposte(ports, 'expire', id)).toBe(`${id}\nEnded ${hours(0)}.`);
    expect(await riposte(ports, 'list')).toBe('No silences.');
    expect(JSON.parse(await riposte(ports, 'list', '--all', '--json'))).toMatchObject({
      silences: [{ id, status: 'ended' }],
    });
    const more = ['add', 'a=b', '--for', '1h', '--reason', 'x', '--json'];
    expect(JSON.parse(await riposte(ports, ...more))).toMatchObject({ author: caller });
  });

  it('wants a reason', async () => {
    await expect(riposte(fakeSilences(), 'add', 'a=b', '--for', '1h')).rejects.toThrow('--reason');
  });
});
