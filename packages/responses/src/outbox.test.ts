import { describe, expect, it } from '@jest/globals';
import type { ResponseRecord } from '@riposte/findings';
import fc from 'fast-check';
import { createOutbox, DeliveryError, evidenceKey, type OutboxChannel } from './index.ts';
import { type FakeTargets, type Fault, fakeTargets } from './testing/fake-targets.ts';
import { responseRecord } from './testing/samples.ts';

const record = responseRecord();

function outboxOf(targets: FakeTargets) {
  return createOutbox(targets.ports);
}

describe('evidenceKey', () => {
  it('sorts by service, day, incident and revision', () => {
    expect(evidenceKey(responseRecord({ revision: 12 }))).toBe(
      'responses/cloudtrail-guard/2026/11/24/inc-0a1b2c3d4e5f6a7b8c9d/0012.json',
    );
  });
});

describe('an outbox', () => {
  it('writes evidence, then tells bus and people', async () => {
    const targets = fakeTargets();
    expect(await outboxOf(targets)(record)).toEqual({
      channels: ['bus', 'message'],
      repeated: false,
    });
    expect(targets.calls[0]).toBe('putOnce');
    expect(targets.evidence.get(evidenceKey(record))).toEqual(record);
    expect(targets.sent).toEqual({ bus: [record], message: [record] });
  });

  it('marks nothing on the ordinary way: the stream’s checkpoint is the commit', async () => {
    const targets = fakeTargets();
    await outboxOf(targets)(record);
    expect(targets.calls).toEqual(['putOnce', 'bus', 'message']);
  });

  it('tells nobody where the record has no message', async () => {
    const targets = fakeTargets();
    const { message: _, ...silent } = record;
    expect((await outboxOf(targets)(silent)).channels).toEqual(['bus']);
    expect(targets.sent.message).toEqual([]);
  });

  it('sends nothing before the evidence is written', async () => {
    const targets = fakeTargets({ putOnce: 'fails' });
    await expect(outboxOf(targets)(record)).rejects.toThrow('putOnce');
    expect(targets.sent).toEqual({ bus: [], message: [] });
  });

  it.each([
    ['bus', 'message'],
    ['message', 'bus'],
  ] as const)(
    'tells the other channel when %s fails, and afterwards only the one that failed',
    async (down, up) => {
      const targets = fakeTargets({ [down]: 'fails' });
      await expect(outboxOf(targets)(record)).rejects.toMatchObject({
        name: 'DeliveryError',
        channel: down,
        retryable: true,
      });
      expect([...(targets.marks.values().next().value ?? [])]).toEqual([up]);
      expect(await outboxOf(targets)(record)).toEqual({ channels: [down], repeated: true });
      expect(targets.sent).toEqual({ bus: [record], message: [record] });
      expect(await outboxOf(targets)(record)).toEqual({ channels: [], repeated: true });
    },
  );

  it('keeps why a channel failed', async () => {
    const targets = fakeTargets({ bus: 'fails', message: 'fails' });
    const failure = outboxOf(targets)(record);
    await expect(failure).rejects.toBeInstanceOf(DeliveryError);
    await expect(failure).rejects.toMatchObject({ channel: 'bus', cause: new Error('bus') });
  });

  it('sends again, visibly, when it died between a send and the commit', async () => {
    const targets = fakeTargets({ message: 'dies after' });
    expect(await targets.pass(outboxOf(targets), record)).toBe('died');
    expect(await targets.pass(outboxOf(targets), record)).toEqual({
      channels: ['bus', 'message'],
      repeated: true,
    });
    expect(targets.sent.message).toHaveLength(2);
  });

  it('sends each revision of its own', async () => {
    const targets = fakeTargets();
    const next = responseRecord({ revision: 2 });
    await outboxOf(targets)(record);
    await outboxOf(targets)(next);
    expect(targets.sent.bus).toEqual([record, next]);
    expect(targets.evidence.size).toBe(2);
  });

  it('sends a summary of what is too large, and writes all of it', async () => {
    const targets = fakeTargets();
    const large = responseRecord({ before: 'x'.repeat(500_000) });
    await outboxOf(targets)(large);
    expect(targets.evidence.get(evidenceKey(large))).toEqual(large);
    for (const sent of [...targets.sent.bus, ...targets.sent.message]) {
      expect(sent.whole?.evidenceKey).toBe(evidenceKey(large));
      expect(JSON.stringify(sent).length).toBeLessThan(200_000);
    }
  });

  it('reaches every channel at least once, and once where it did not die after a send', async () => {
    const fault = fc.constantFrom<Fault>('fails', 'dies before', 'dies after');
    const steps = ['putOnce', 'sent', 'bus', 'message', 'mark'] as const;
    const pass = fc.record(Object.fromEntries(steps.map((step) => [step, fault])), {
      requiredKeys: [],
    });
    const passes = fc.array(pass, { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(passes, fc.integer({ min: 1, max: 3 }), async (faults, revisions) => {
        const targets = fakeTargets();
        const send = outboxOf(targets);
        const records = Array.from({ length: revisions }, (_, index) =>
          responseRecord({ revision: index + 1 }),
        );
        for (const revision of records) await deliver(targets, send, revision, faults);
        for (const revision of records) expectDelivered(targets, revision);
      }),
      { numRuns: 300 },
    );
  });
});

/** As the stream does: the same record again until a pass succeeds. */
async function deliver(
  targets: FakeTargets,
  send: ReturnType<typeof createOutbox>,
  revision: ResponseRecord,
  faults: readonly Partial<Record<string, Fault>>[],
): Promise<void> {
  for (const fault of faults) {
    targets.faults = fault;
    if (typeof (await targets.pass(send, revision)) === 'object') return;
  }
  targets.faults = {};
  expect(await targets.pass(send, revision)).toHaveProperty('channels');
}

function expectDelivered(targets: FakeTargets, revision: ResponseRecord): void {
  expect(targets.evidence.get(evidenceKey(revision))).toEqual(revision);
  for (const channel of ['bus', 'message'] satisfies OutboxChannel[]) {
    const times = targets.sent[channel].filter(
      (sent) => sent.revision === revision.revision,
    ).length;
    expect(times).toBeGreaterThanOrEqual(1);
    if (!targets.unmarked.has(revision.revision)) expect(times).toBe(1);
  }
}
