import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { StageNotFoundError } from '@riposte/local-stage';
import { fakeTrails, sampleConfiguration } from '@riposte/remediations/cloudtrail/fakes';
import { fakeTags } from '@riposte/remediations/tagging/fakes';
import { isAccessDenied } from './aws/explain-error.ts';
import { NotDeployedError } from './errors.ts';
import type { Dependencies } from './program.ts';
import { run } from './run.ts';
import { fakeDeliveries } from './testing/fake-deliveries.ts';
import { fakeFim } from './testing/fake-fim.ts';
import { fakeSilences } from './testing/fake-silences.ts';
import {
  caller,
  type FakeTerminal,
  fakeRecords,
  fakeTerminal,
  now,
  sampleRecord,
  trailArn,
} from './testing/fakes.ts';

const record = sampleRecord();
const trail = {
  arn: trailArn,
  name: 'main',
  accountId: '123456789012',
  region: 'eu-west-1',
  partition: 'aws',
};

function notUsed(): never {
  throw new TypeError('not used');
}

function dependencies(terminal: FakeTerminal): Omit<Dependencies, 'exitWith'> {
  const configuration = sampleConfiguration();
  const trails = fakeTrails(() => now, { id: trail, status: { isLogging: true }, configuration });
  const approved = {
    version: 1,
    trail,
    configuration: sampleConfiguration({ kmsKeyId: 'key' }),
    approvedBy: 'ann',
    approvedAt: 'then',
    reason: 'first',
  };
  return {
    terminal,
    cwd: '/',
    self: ['riposte'],
    stageTools: {
      attachStage: notUsed,
      endStage: notUsed,
      holdStage: notUsed,
      launchStage: notUsed,
    },
    startStage: notUsed,
    input: { [Symbol.asyncIterator]: notUsed },
    openSecurityHub: notUsed,
    openMemory: notUsed,
    openEvidence: notUsed,
    openDoctor: () => Promise.reject(new NotDeployedError('no deployment', 'deploy it')),
    openDeliveries: async () => fakeDeliveries({ 'act-dlq': ['{}'], 'refresh-feeds-dlq': ['{}'] }),
    openSilences: async () => fakeSilences(),
    openFim: async () => fakeFim({ revisionAfter: 2 }).fake,
    openResponses: async () => ({
      records: fakeRecords(record),
      evidenceBucket: async () => undefined,
      settings: () => ({ read: async () => ({ readable: false, reason: 'no' }) }),
      trails: () => trails,
      tags: () => fakeTags(),
      pause: async () => undefined,
      caller,
      stage: 'prod',
      clock: () => now,
    }),
    openTrails: async () => ({
      trails,
      accountId: trail.accountId,
      region: trail.region,
      caller,
      clock: () => now,
      baselines: {
        of: async () => approved,
        all: async () => [approved],
        history: async () => [approved],
        approve: async () => undefined,
      },
    }),
  };
}

async function riposte(...argv: readonly string[]) {
  const terminal = fakeTerminal();
  const status = await run(argv, dependencies(terminal));
  return { status, out: terminal.printed.join('\n'), notes: terminal.notes.join('\n') };
}

describe('riposte', () => {
  it('says its version', async () => {
    const packageJson = await readFile(new URL('../package.json', import.meta.url), 'utf8');
    expect(await riposte('--version')).toMatchObject({
      status: 0,
      out: JSON.parse(packageJson).version,
    });
  });

  it('explains itself, exit status included', async () => {
    const { status, out } = await riposte('--help');
    expect(status).toBe(0);
    for (const words of [
      'responses',
      'trail',
      'doctor',
      'stage',
      'demo',
      'rules',
      'deliveries',
      'evidence',
      'fim',
      'Exit status',
      'Examples',
    ])
      expect(out).toContain(words);
  });

  it.each([
    [['frobnicate']],
    [['responses', 'undo']],
    [['responses', 'list', '--status', 'odd']],
    [['responses', 'list', '--limit', '0']],
    [['trail', 'approve', 'main']],
    [['doctor', '--regions', 'x']],
    [['deliveries', 'redrive', '--max', '0']],
    [['stage', 'play', 'stop-trail', '--duplicates', 'x']],
    [['stage', 'deploy', 'foundation', '--param', 'x']],
  ])('ends with 2 and says what is wrong: %j', async (argv) => {
    const { status, notes } = await riposte(...argv);
    expect(status).toBe(2);
    expect(notes).toMatch(/^error: /);
  });

  it('lists responses', async () => {
    expect((await riposte('responses', 'list', '--since', '2026-01-01')).out).toContain(record.id);
    const { out } = await riposte(
      'responses',
      'list',
      '--since',
      '2026-01-01',
      '--status',
      'failed',
      '--json',
    );
    expect(JSON.parse(out)).toEqual({ since: '2026-01-01T00:00:00.000Z', records: [] });
  });

  it('names the option that holds no time', async () => {
    expect(await riposte('responses', 'list', '--since', 'soon')).toMatchObject({
      status: 2,
      notes: expect.stringContaining('--since: "soon" is not a time'),
    });
  });

  it('shows a response', async () => {
    expect((await riposte('responses', 'show', record.id)).out).toContain('trail-stopped');
    expect(JSON.parse((await riposte('responses', 'show', record.id, '--json')).out)).toEqual(
      record,
    );
    expect((await riposte('responses', 'show', 'inc-x')).status).toBe(1);
  });

  it('undoes a response', async () => {
    expect((await riposte('responses', 'undo', record.id)).status).toBe(3);
    expect(await riposte('responses', 'undo', record.id, '--yes')).toMatchObject({
      status: 0,
      out: expect.stringContaining(`Recorded as done by ${caller}`),
    });
  });

  it('shows what differs on nodes, and approves it', async () => {
    const node = 'i-0123456789abcdef0';
    expect((await riposte('fim', 'status')).out).toContain(node);
    expect((await riposte('fim', 'diff', node)).out).toContain('/etc/paymentapp/config.yaml');
    const { out } = await riposte('fim', 'history', node, '--json');
    expect(JSON.parse(out).history).toMatchObject([{ what: 'baseline' }]);
    expect(await riposte('fim', 'approve', node, '--reason', 'change 4711', '--yes')).toMatchObject(
      { status: 0, out: expect.stringContaining('Approved: 1 difference') },
    );
    const approved = await riposte('fim', 'approve', node, '--reason', 'c', '--yes', '--json');
    expect(JSON.parse(approved.out)).toMatchObject({ outcome: 'applied', approvals: [{ node }] });
    expect((await riposte('fim', 'approve', node)).status).toBe(2);
    expect((await riposte('fim', 'diff', 'i-x')).status).toBe(1);
  });

  it('lists dead letters, and sends them back', async () => {
    expect(await riposte('deliveries', 'list')).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^FUNCTION .*\nact .*\nrefresh-feeds /),
    });
    expect(JSON.parse((await riposte('deliveries', 'list', '--json')).out).letters).toHaveLength(2);
    expect(await riposte('deliveries', 'redrive', '--function', 'act')).toMatchObject({
      status: 0,
      out: '1 letter sent back, 0 not.',
    });
    const { status, out } = await riposte('deliveries', 'redrive', '--dry-run', '--json');
    expect(JSON.parse(out)).toMatchObject({
      dryRun: true,
      sent: [{ function: 'act' }],
      stayed: [{ function: 'refresh-feeds', why: 'no queue leads to this function' }],
    });
    expect(status).toBe(1);
  });

  it('approves a trail, and shows drift and history', async () => {
    expect((await riposte('trail', 'approve', 'main', '--reason', 'why')).out).toContain(
      'Approved: version 2',
    );
    expect(
      JSON.parse((await riposte('trail', 'approve', 'main', '--reason', 'why', '--json')).out)
        .version,
    ).toBe(2);
    expect((await riposte('trail', 'diff')).status).toBe(1);
    expect(JSON.parse((await riposte('trail', 'diff', 'main', '--json')).out).trails).toHaveLength(
      1,
    );
    expect((await riposte('trail', 'history', 'main')).out).toContain('reason: first');
    expect(
      JSON.parse((await riposte('trail', 'history', 'main', '--json')).out).versions,
    ).toHaveLength(1);
  });

  it('says what to do about an error', async () => {
    expect(await riposte('doctor')).toMatchObject({
      status: 1,
      notes: 'error: no deployment\n  deploy it',
    });
  });

  it('says that the local stage needs the checkout', async () => {
    expect(await riposte('stage', 'up')).toMatchObject({
      status: 1,
      notes: expect.stringContaining('from a checkout of Riposte'),
    });
  });
});

describe('riposte, when something else goes wrong', () => {
  const failing = (error: unknown) => {
    const terminal = fakeTerminal();
    return run(['doctor'], {
      ...dependencies(terminal),
      openDoctor: () => Promise.reject(error),
    }).then((status) => ({
      status,
      notes: terminal.notes.join('\n'),
    }));
  };
  const named = (name: string, extra: object = {}) =>
    Object.assign(new Error('words'), { name, ...extra });

  it.each<[unknown, RegExp]>([
    [named('CredentialsProviderError'), /no usable AWS credentials: words\n.*--profile/],
    [named('AccessDeniedException'), /AWS refuses this: words/],
    [named('Error', { code: 'ECONNREFUSED' }), /cannot be reached \(ECONNREFUSED\)/],
    [
      named('ThrottlingException', { retryable: true }),
      /ThrottlingException: words\n {2}try again/,
    ],
    [named('ValidationError'), /ValidationError: words\n {2}the message says/],
    [new StageNotFoundError('dev', 'it is not up'), /stage dev: it is not up\n {2}start one/],
    ['odd', /odd\n {2}this is unexpected/],
  ])('explains %s', async (error, words) => {
    const { status, notes } = await failing(error);
    expect(status).toBe(1);
    expect(notes).toMatch(words);
  });

  it('knows what is no refusal', () => {
    expect(isAccessDenied('AccessDenied')).toBe(false);
  });
});
