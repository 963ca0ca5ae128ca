import { describe, expect, it } from '@jest/globals';
import { demoTrail, fakeDemo, guardLetter, guardMessage } from '../testing/fake-demo.ts';
import { fakeTerminal, sampleRecord, trailArn } from '../testing/fakes.ts';
import { runDemo } from './demo-command.ts';
import { demoText } from './demo-text.ts';
import type { DemoWorld } from './demo-world.ts';
import { quietProgress, visibleProgress } from './progress.ts';
import { waitFor } from './wait-for.ts';

async function demo(changes: Partial<DemoWorld> = {}) {
  const { world, did } = fakeDemo(changes);
  const terminal = fakeTerminal();
  const report = await runDemo(quietProgress(terminal), async () => world);
  return { report, did, terminal };
}

describe('the demo', () => {
  it('shows that a stopped trail runs again, and that nothing is told or done twice', async () => {
    const { report, did, terminal } = await demo();
    expect(report).toMatchObject({
      ok: true,
      stage: { endpoint: 'http://127.0.0.1:1' },
      deployed: [
        { service: 'foundation' },
        { service: 'cloudtrail-guard' },
        { service: 'finding-router' },
      ],
      trail: { arn: trailArn, isLogging: true },
      attack: { by: 'mallory', eventId: 'e-1' },
      restart: { isLogging: true, milliseconds: 430 },
      message: { subject: '[Riposte] REPAIRED' },
      record: { status: 'verified' },
      secondPath: { findingId: 'finding-1', incidents: 1, messages: 1 },
      duplicates: { delivered: 20, restarts: 0, incidents: 1, messages: 1 },
      deadLetter: guardLetter,
    });
    expect(did).toEqual([
      'deploy foundation',
      'deploy cloudtrail-guard',
      'deliver 20 eventName,eventTime',
      'deliver 1 eventName',
      'deploy finding-router',
      'deliver 5 finding',
      'enable',
      'stop',
    ]);
    expect(terminal.printed).toEqual([]);
    expect(terminal.notes.length).toBeGreaterThan(8);
  });

  it('ends with the message, the proof and what to try next', async () => {
    const text = demoText((await demo()).report);
    expect(text).toMatch(
      /What the security contact reads:\n {2}\| Subject: \[Riposte\] REPAIRED\n {2}\|\n {2}\| What\n {2}\| happened/,
    );
    expect(text).toContain('off for 430 ms');
    expect(text).toContain('Try next:');
  });

  it.each<[string, Partial<DemoWorld>, RegExp]>([
    ['Deploy foundation', { deploy: () => Promise.reject(new Error('no disk')) }, /no disk/],
    [
      'one message',
      { messages: async () => [guardMessage, guardMessage] },
      /more than one message/,
    ],
    [
      'The record',
      { records: async () => [sampleRecord({ status: 'told' })] },
      /is told, not verified/,
    ],
    ['second path', { messages: counting([1, 1, 2]) }, /1 incidents and 2 messages/],
    ['twenty times', { callsOf: counting2() }, /20 duplicates led to 1 restarts/],
  ])(
    'fails at "%s" when what it promises is not so, and cleans up',
    async (step, changes, reason) => {
      const { report, did } = await demo(changes);
      expect(report).toMatchObject({
        ok: false,
        failed: { step: expect.stringContaining(step), reason: expect.stringMatching(reason) },
      });
      expect(did.at(-1)).toBe('stop');
      expect(demoText(report)).toMatch(/FAILED at/);
    },
  );

  it('fails when AWS does not come up on this machine', async () => {
    const report = await runDemo(quietProgress(fakeTerminal()), () =>
      Promise.reject(new Error('no Python')),
    );
    expect(report).toMatchObject({ ok: false, failed: { reason: 'Error: no Python' } });
  });

  it('waits for what takes a moment', async () => {
    let asked = 0;
    const late = async <T>(value: T, never: T) => (++asked % 2 === 0 ? value : never);
    const stopped = { isLogging: false, stoppedAt: '2026-11-24T14:00:00.000Z' };
    const states = [
      { isLogging: true },
      { isLogging: true },
      stopped,
      stopped,
      {
        isLogging: true,
        stoppedAt: '2026-11-24T14:00:00.000Z',
        startedAt: '2026-11-24T13:00:00.000Z',
      },
    ];
    const { world } = fakeDemo();
    const patient = {
      ...world,
      status: async () => states.shift() ?? world.status(demoTrail),
      records: () => late([sampleRecord()], [sampleRecord({ status: 'claimed' })]),
      finding: async (id: string) =>
        id !== 'finding-1' || ++asked % 2 === 0 ? world.finding(id) : undefined,
      deadLetters: () => late([guardLetter], []),
    };
    const report = await runDemo(quietProgress(fakeTerminal()), async () => patient);
    expect(report.ok).toBe(true);
  });
});

function counting(counts: number[]): DemoWorld['messages'] {
  return async () => Array.from({ length: counts.shift() ?? 1 }, () => guardMessage);
}

function counting2(): DemoWorld['callsOf'] {
  let restarts = 0;
  let reads = 0;
  return async (_function, operation) => {
    if (operation === 'StartLogging') return restarts++;
    reads += 20;
    return reads;
  };
}

describe('waitFor', () => {
  it('gives up with what it waited for', async () => {
    const patience = { withinMs: 5, everyMs: 1 };
    await expect(waitFor('rain', async () => undefined, patience)).rejects.toMatchObject({
      name: 'DemoFailedError',
      message: 'rain: not within 0.005 s',
    });
  });
});

describe('visibleProgress', () => {
  it('shows a step and answers what came out', async () => {
    const outcome = await visibleProgress.step('a step', async (say) => {
      say('a line');
      return 7;
    });
    expect(outcome).toBe(7);
  });

  it('passes on why a step failed', async () => {
    await expect(
      visibleProgress.step('a step', () => Promise.reject(new Error('why'))),
    ).rejects.toThrow('why');
  });
});
