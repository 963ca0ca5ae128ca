import { describe, expect, it } from '@jest/globals';
import type { QueueMessage } from '@riposte/lambda';
import type { FindingUpdate } from '@riposte/rules';
import { fakeSettings } from '@riposte/testing';
import { UpdateRefusedError } from './errors.ts';
import type { FindingState } from './finding-state.ts';
import { sampleState } from './testing/sample-state.ts';
import { type FindingName, type HubFindings, updateFindings } from './update-findings.ts';
import type { Current, HubUpdate } from './update-wanted.ts';

const productArn = 'arn:aws:securityhub:eu-west-1::product/aws/guardduty';

function findingName(id: string, format: FindingName['format'] = 'asff'): FindingName {
  return {
    key: `key-${id}`,
    format,
    id,
    productArn,
    accountId: '123456789012',
    region: 'eu-west-1',
  };
}

function wish(id: string, update: FindingUpdate, more: object = {}): QueueMessage {
  const body = {
    kind: 'update',
    version: 1,
    rules: ['pack/rule'],
    update,
    finding: findingName(id),
  };
  return { id: `m-${id}`, body: { ...body, ...more }, sentAt: new Date(0), receiveCount: 1 };
}

interface Hub extends HubFindings {
  readonly updates: { readonly ids: readonly string[]; readonly update: HubUpdate }[];
  readonly findings: Map<string, Current>;
  /** Of the OCSF copies, where they stand otherwise. */
  readonly copies: Map<string, Current>;
  readonly refuses: Map<string, UpdateRefusedError>;
}

function hub(...ids: readonly string[]): Hub {
  const findings = new Map<string, Current>(
    ids.map((id) => [
      `key-${id}`,
      { severity: 'LOW', workflow: 'NEW', userDefinedFields: {}, types: [] },
    ]),
  );
  const copies = new Map<string, Current>();
  const updates: Hub['updates'] = [];
  const refuses: Hub['refuses'] = new Map();
  return {
    updates,
    findings,
    copies,
    refuses,
    current: async ([first]) => (first?.format === 'ocsf' ? copies : findings),
    async update(named, update) {
      updates.push({ ids: named.map(({ id }) => id), update });
      return refuses;
    },
  };
}

const noStates = { read: async () => new Map<string, FindingState>() };

function updating(world: Hub, states = noStates, settings = fakeSettings()) {
  return updateFindings({ hub: world, states, settings });
}

describe('updateFindings', () => {
  it('puts what is alike into one call, at most a hundred at once', async () => {
    const ids = Array.from({ length: 150 }, (_, at) => `f${at}`);
    const world = hub(...ids, 'other');
    const wishes = ids.map((id) => wish(id, { severity: 'HIGH' }));
    expect(await updating(world)([...wishes, wish('other', { severity: 'CRITICAL' })])).toEqual(
      new Map(),
    );
    expect(world.updates.map(({ ids: some, update }) => [some.length, update])).toEqual([
      [100, { severity: 'HIGH' }],
      [50, { severity: 'HIGH' }],
      [1, { severity: 'CRITICAL' }],
    ]);
  });

  it('writes what a person wishes beside what rules wish, whichever is newer', async () => {
    const world = hub('a');
    const { body, ...message } = wish('a', { workflow: 'NOTIFIED' });
    const { version: _, ...rest } = Object(body);
    const person = { ...message, id: 'm-person', body: { ...rest, rules: ['acknowledgement'] } };
    const done = { kind: 'update', format: 'asff', fingerprint: '', version: 9 } as const;
    const state = sampleState({ effects: { 'update asff': done } });
    const states = { read: async () => new Map([['key-a', state]]) };
    const wishes = [person, wish('a', { severity: 'HIGH' }, { version: 9 })];
    expect(await updating(world, states)(wishes)).toEqual(new Map());
    expect(world.updates.map(({ update }) => update)).toEqual([
      { workflow: 'NOTIFIED' },
      { severity: 'HIGH' },
    ]);
  });

  it('writes only what differs, and nothing where all is as wanted', async () => {
    const world = hub('a', 'b');
    world.findings.set('key-a', {
      severity: 'HIGH',
      workflow: 'NEW',
      userDefinedFields: { x: '1' },
      types: [],
    });
    const wanted: FindingUpdate = { severity: 'HIGH', userDefinedFields: { y: '2' } };
    await updating(world)([wish('a', wanted), wish('b', { severity: 'LOW', workflow: 'NEW' })]);
    expect(world.updates).toEqual([
      { ids: ['a'], update: { userDefinedFields: { x: '1', y: '2' } } },
    ]);
  });

  it('holds each copy of a finding against itself', async () => {
    const world = hub('a');
    const stands = { severity: 'LOW', workflow: 'NEW', types: [] };
    world.findings.set('key-a', { ...stands, userDefinedFields: { x: '1' } });
    world.copies.set('key-a', { ...stands, severity: 'HIGH', userDefinedFields: {} });
    const wanted: FindingUpdate = { severity: 'HIGH', userDefinedFields: { y: '2' } };
    const copy = { ...wish('a', wanted, { finding: findingName('a', 'ocsf') }), id: 'm-copy' };
    await updating(world)([wish('a', wanted), copy]);
    expect(world.updates.map(({ update }) => update)).toEqual([
      { severity: 'HIGH', userDefinedFields: { x: '1', y: '2' } },
      { userDefinedFields: { y: '2' } },
    ]);
  });

  it('does not open what somebody has suppressed or resolved', async () => {
    const world = hub('a');
    world.findings.set('key-a', {
      severity: 'LOW',
      workflow: 'SUPPRESSED',
      userDefinedFields: {},
      types: [],
    });
    await updating(world)([wish('a', { workflow: 'NOTIFIED', severity: 'HIGH' })]);
    expect(world.updates[0]?.update).toEqual({ severity: 'HIGH' });
  });

  it('keeps the note of an analyst in front of its own, and replaces its own', async () => {
    const world = hub('a');
    const stands = { userDefinedFields: {}, types: [] };
    world.findings.set('key-a', { ...stands, note: 'call Ana first', noteBy: 'ana' });
    await updating(world)([wish('a', { note: 'raised' })]);
    const [first] = world.updates;
    expect(first?.update.note).toBe('call Ana first\n--- Riposte: raised (pack/rule)');
    world.findings.set('key-a', { ...stands, note: first?.update.note ?? '', noteBy: 'riposte' });
    await updating(world)([wish('a', { note: 'lowered' })]);
    expect(world.updates[1]?.update.note).toBe('call Ana first\n--- Riposte: lowered (pack/rule)');
    world.findings.set('key-a', { ...stands, note: 'x'.repeat(512), noteBy: 'ana' });
    await updating(world)([wish('a', { note: 'raised' })]);
    expect(world.updates[2]?.update.note).toHaveLength(512);
    expect(world.updates[2]?.update.note).toMatch(/^x+…\n--- Riposte: raised \(pack\/rule\)$/);
  });

  it('leaves out a wish that a newer one has overtaken, in the batch or before it', async () => {
    const world = hub('a', 'b');
    const state = {
      effects: { 'update asff': { kind: 'update', format: 'asff', fingerprint: '', version: 7 } },
    };
    const states = {
      read: async () => new Map([['key-b', Object.assign(Object.create(null), state)]]),
    };
    await updating(
      world,
      states,
    )([
      wish('a', { severity: 'HIGH' }, { version: 2 }),
      { ...wish('a', { severity: 'MEDIUM' }), id: 'm-older' },
      wish('b', { severity: 'HIGH' }, { version: 6 }),
    ]);
    expect(world.updates).toEqual([{ ids: ['a'], update: { severity: 'HIGH' } }]);
  });

  it('says which finding was refused or is gone, and lets the others be', async () => {
    const world = hub('a', 'b');
    world.refuses.set('key-b', new UpdateRefusedError('b', 'FindingNotFound', false));
    const failures = await updating(world)([
      wish('a', { severity: 'HIGH' }),
      wish('b', { severity: 'HIGH' }),
      wish('gone', { severity: 'HIGH' }),
    ]);
    expect([...failures.keys()].sort()).toEqual(['m-b', 'm-gone']);
    expect(failures.get('m-gone')).toMatchObject({ retryable: false });
  });

  it('lets a failing call come back for its findings alone', async () => {
    const world = hub('a', 'b');
    const throttled = { ...world, update: () => Promise.reject(new TypeError('throttled')) };
    const failures = await updateFindings({
      hub: throttled,
      states: noStates,
      settings: fakeSettings(),
    })([wish('a', { severity: 'HIGH' }), wish('b', { severity: 'LOW' })]);
    expect([...failures.keys()]).toEqual(['m-a']);
  });

  it('changes nothing while the switch is on, and keeps what was to be done', async () => {
    const world = hub('a');
    const settings = fakeSettings();
    settings.turnSwitch('changes-stopped');
    const failures = await updating(world, noStates, settings)([wish('a', { severity: 'HIGH' })]);
    expect(failures.get('m-a')).toMatchObject({ name: 'ChangesStoppedError', retryable: false });
    expect(world.updates).toEqual([]);
  });

  it('changes nothing for a rule whose mode says so', async () => {
    const world = hub('a');
    const settings = fakeSettings({ modes: { 'pack/rule': 'dry-run' } });
    expect(await updating(world, noStates, settings)([wish('a', { severity: 'HIGH' })])).toEqual(
      new Map(),
    );
    expect(world.updates).toEqual([]);
  });

  it('names the field of a message that it cannot read', async () => {
    const failures = await updating(hub())([
      wish('a', {}, { finding: { ...findingName('a'), region: 7 } }),
    ]);
    expect(failures.get('m-a')).toMatchObject({
      name: 'UnreadableMessageError',
      path: 'finding.region',
    });
  });
});
