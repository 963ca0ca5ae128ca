import { describe, expect, it } from '@jest/globals';
import { trackedId } from '@riposte/inventory';
import { type ComparePorts, compareMessages } from './compare-messages.ts';
import type { LookedObject } from './look-at/look-at.ts';
import { worldObject } from './testing/world-files.ts';

const key =
  'AWS:File/accountid=123456789012/region=eu-west-1/resourcetype=ManagedInstanceInventory/i-0123456789abcdef0.json';
const look = { riposte: 'look', bucket: 'inventories', key, reason: 'sweep' };
const message = (id: string, body: unknown) => ({
  ...{ id, body, receiveCount: 1 },
  sentAt: new Date('2026-11-24T14:00:00Z'),
});

function world(changes: Partial<ComparePorts> = {}) {
  const looked: LookedObject[] = [];
  const imported: unknown[] = [];
  const compare = compareMessages({
    bucket: 'inventories',
    look: async (objects) => {
      looked.push(...objects);
      return new Map();
    },
    importAgain: async (findings) => {
      imported.push(findings);
    },
    ...changes,
  });
  return { compare, looked, imported };
}

describe("messages of the detector's queue", () => {
  it('are looked at together, and fail one by one', async () => {
    const { compare, looked } = world();
    const foreign = { ...look, bucket: 'elsewhere' };
    const failures = await compare([
      ...[message('1', look), message('2', look), message('3', { odd: 1 })],
      message('4', foreign),
    ]);
    expect(looked).toEqual([
      { ...worldObject, isAsked: true },
      { ...worldObject, isAsked: true },
    ]);
    expect([...failures.keys()]).toEqual(['3', '4']);
    expect(failures.get('4')).toMatchObject({ name: 'ForeignBucketError' });
  });

  it('fail with the inventory that they name', async () => {
    const failed = new Map([[trackedId(worldObject), 'why']]);
    const { compare } = world({ look: async () => failed });
    expect(await compare([message('1', look)])).toEqual(new Map([['1', 'why']]));
  });

  it('hand in again what Security Hub had refused', async () => {
    const { compare, imported, looked } = world();
    await compare([message('1', { riposte: 'import', findings: [{ Id: 'f' }] })]);
    expect(imported).toEqual([[{ Id: 'f' }]]);
    expect(looked).toEqual([]);
  });

  it('tell of a bucket that keeps no versions', async () => {
    const { compare } = world();
    const object = { key: encodeURIComponent(key), sequencer: '0055AED6DCD90281E5' };
    const record = {
      ...{ eventVersion: '2.1', eventSource: 'aws:s3', eventName: 'ObjectCreated:Put' },
      s3: { bucket: { name: 'inventories' }, object },
    };
    expect(await compare([message('1', { Records: [record] })])).toEqual(new Map());
  });
});
