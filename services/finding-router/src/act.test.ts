import { beforeEach, describe, expect, it } from '@jest/globals';
import { type FakeSettings, fakeSettings } from '@riposte/testing';
import { type ActionCommand, act, type Systems } from './act.ts';
import type { SystemAction } from './effects.ts';
import { sampleState } from './testing/sample-state.ts';

const finding = sampleState().facts;
let done: (readonly unknown[])[];
let settings: FakeSettings;
let workflow: string | undefined;
let handed: unknown;

beforeEach(() => {
  done = [];
  settings = fakeSettings();
  workflow = 'NEW';
});

const note =
  (name: string) =>
  async ({ document }: ActionCommand, ...rest: readonly unknown[]) => {
    handed = document;
    done.push([name, ...rest]);
  };
const systems: Systems = {
  requestRemediation: note('remediation'),
  invoke: note('invoke'),
  enqueue: note('enqueue'),
  publish: note('publish'),
  startAutomation: note('automation'),
  tag: note('tag'),
};

function run(action: SystemAction | object, body: object = {}) {
  const hub = {
    current: async () =>
      new Map(
        workflow === undefined
          ? []
          : [[finding.key, { workflow, userDefinedFields: {}, types: [] }]],
      ),
  };
  const at = '2026-11-25T10:00:00.000Z';
  const command = {
    kind: 'action',
    id: 'rpm-1',
    rule: 'pack/rule',
    action,
    finding,
    partition: 'aws',
  };
  const documents = { get: async () => ({ Id: 'kept aside' }) };
  return act({ systems, hub, settings, documents })({
    id: 'm-1',
    body: { ...command, document: { Id: 'f' }, at, ...body },
    sentAt: new Date(at),
    receiveCount: 1,
  });
}

const remediate = { remediate: { action: 'S3.4' } };

describe('act', () => {
  it.each<readonly [SystemAction, readonly unknown[]]>([
    [remediate, ['remediation', 'S3.4']],
    [{ invoke: { function: 'enrich' } }, ['invoke', 'enrich']],
    [{ queue: { url: 'https://sqs/q' } }, ['enqueue', 'https://sqs/q']],
    [{ event: { bus: 'b' } }, ['publish', 'b', 'Finding Routed']],
    [{ event: { bus: 'b', detailType: 'Mine' } }, ['publish', 'b', 'Mine']],
    [{ tag: { tags: { a: 'b' } } }, ['tag', { a: 'b' }]],
    [
      {
        automation: { document: 'Isolate', parameters: { InstanceId: 'i-1', Subnets: ['a', 'b'] } },
      },
      ['automation', 'Isolate', { InstanceId: ['i-1'], Subnets: ['a', 'b'] }],
    ],
    [{ automation: { document: 'Isolate' } }, ['automation', 'Isolate', {}]],
  ])('carries out %j', async (action, expected) => {
    expect(await run(action)).toBe('done');
    expect(done).toEqual([expected]);
  });

  it('changes nothing while the switch is on, and keeps it for a person', async () => {
    settings.turnSwitch('changes-stopped');
    await expect(run(remediate)).rejects.toMatchObject({
      name: 'ChangesStoppedError',
      retryable: false,
      message: 'rule pack/rule may not change anything: the kill switch is on: no change is made',
    });
    expect(await run({ queue: { url: 'u' } })).toBe('done');
  });

  it('changes nothing when the settings cannot be read', async () => {
    settings.breakWith('away');
    await expect(run(remediate)).rejects.toThrow('could not be read');
    expect(done).toEqual([]);
  });

  it.each(['off', 'dry-run'] as const)('changes nothing for a rule in mode %s', async (mode) => {
    settings.change({ modes: { 'pack/rule': mode } });
    expect(await run(remediate)).toBe('withheld');
    expect(done).toEqual([]);
  });

  it('changes nothing for a finding that is closed or gone meanwhile', async () => {
    workflow = 'SUPPRESSED';
    await expect(run(remediate)).rejects.toThrow('its workflow is SUPPRESSED');
    workflow = undefined;
    await expect(run(remediate)).rejects.toThrow('it is not there any more');
    expect(done).toEqual([]);
  });

  it('hands on a document that was kept aside', async () => {
    const documentAt = { sha256: 'f0', bytes: 300_000, parts: 1 };
    await run({ invoke: { function: 'enrich' } }, { document: undefined, documentAt });
    expect(handed).toEqual({ Id: 'kept aside' });
  });

  it('names the field of a command that it cannot read', async () => {
    await expect(run({ remediate: {} })).rejects.toMatchObject({ path: 'action' });
    await expect(run(remediate, { rule: '' })).rejects.toMatchObject({ path: 'rule' });
  });
});
