import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SystemAction } from './effects.ts';
import { type ActWorld, actWorld } from './testing/act-world.ts';

let world: ActWorld;

beforeEach(() => {
  world = actWorld();
});

const remediate = { remediate: { action: 'S3.4' } };

describe('act', () => {
  it.each<readonly [SystemAction, readonly unknown[]]>([
    [remediate, ['remediation', 'S3.4']],
    [{ invoke: { function: 'enrich' } }, ['invoke', 'enrich']],
    [{ queue: { url: 'https://sqs/q' } }, ['enqueue', 'https://sqs/q']],
    [{ event: { bus: 'b' } }, ['publish', 'b', 'Finding Routed']],
    [{ event: { bus: 'b', detailType: 'Mine' } }, ['publish', 'b', 'Mine']],
  ])('carries out %j, and leaves no record of what others do', async (action, expected) => {
    expect(await world.run(action)).toBe('done');
    expect(world.done).toEqual([expected]);
    expect([...world.records.held]).toEqual([]);
  });

  it('changes nothing while the switch is on, and keeps it for a person', async () => {
    world.settings.turnSwitch('changes-stopped');
    await expect(world.run(remediate)).rejects.toMatchObject({
      name: 'ChangesStoppedError',
      retryable: false,
      message: 'rule pack/rule may not change anything: the kill switch is on: no change is made',
    });
    expect(await world.run({ queue: { url: 'u' } })).toBe('done');
  });

  it('changes nothing when the settings cannot be read', async () => {
    world.settings.breakWith('away');
    await expect(world.run(remediate)).rejects.toThrow('could not be read');
    expect(world.done).toEqual([]);
  });

  it.each(['off', 'dry-run'] as const)('changes nothing for a rule in mode %s', async (mode) => {
    world.settings.change({ modes: { 'pack/rule': mode } });
    expect(await world.run(remediate)).toBe('withheld');
    expect(world.done).toEqual([]);
  });

  it('changes nothing for a finding that is closed or gone meanwhile', async () => {
    world.workflow = 'SUPPRESSED';
    await expect(world.run(remediate)).rejects.toThrow('its workflow is SUPPRESSED');
    world.workflow = undefined;
    await expect(world.run(remediate)).rejects.toThrow('it is not there any more');
    expect(world.done).toEqual([]);
  });

  it('hands on a document that was kept aside', async () => {
    const documentAt = { sha256: 'f0', bytes: 300_000, parts: 1 };
    await world.run({ invoke: { function: 'enrich' } }, { documentAt });
    expect(world.handed).toEqual({ Id: 'kept aside' });
  });

  it('names the field of a command that it cannot read', async () => {
    await expect(world.run({ remediate: {} })).rejects.toMatchObject({ path: 'action' });
    await expect(world.run(remediate, { rule: '' })).rejects.toMatchObject({ path: 'rule' });
  });
});
