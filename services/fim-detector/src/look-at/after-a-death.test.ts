import { describe, expect, it } from '@jest/globals';
import { compileInventoryRules, trackedId } from '@riposte/inventory';
import { type DetectorWorld, detectorWorld } from '../testing/detector-world.ts';
import { type Files, worldObject } from '../testing/world-files.ts';
import { lookAt } from './look-at.ts';

const first: Files = {
  '/etc/a': [1, '2026-11-01T08:00:00Z'],
  '/etc/b': [1, '2026-11-01T08:00:00Z'],
};
const changed: Files = { ...first, '/etc/a': [2, '2026-11-01T09:00:00Z'] };

/** A function that dies once Security Hub has taken its findings. */
async function diesOverImport() {
  const world = detectorWorld();
  world.report(first);
  await lookAt(world.ports)([worldObject]);
  world.report(changed);
  world.failing((call, when) => call === 'import' && when === 'after');
  expect((await lookAt(world.ports)([worldObject])).size).toBe(1);
  world.failing(() => false);
  return world;
}

const aboutFiles = ({ hub }: DetectorWorld) =>
  [...hub.values()].filter(({ finding }) => finding.GeneratorId.endsWith('/etc'));

describe('a look after a function died over handing in', () => {
  it('hands in the same again under the same time, which changes nothing (E6)', async () => {
    const world = await diesOverImport();
    const before = structuredClone([...world.hub]);
    expect((await lookAt(world.ports)([worldObject])).size).toBe(0);
    expect([...world.hub]).toEqual(before);
    expect(aboutFiles(world)).toHaveLength(1);
    expect(world.items.get(trackedId(worldObject))).not.toHaveProperty('announced');
  });

  it('archives what rules of today do not name, and was told of', async () => {
    const world = await diesOverImport();
    const rules = compileInventoryRules({ rules: [] });
    await lookAt({ ...world.ports, rules })([worldObject]);
    expect(aboutFiles(world)).toMatchObject([{ finding: { RecordState: 'ARCHIVED' } }]);
  });

  it('tells later what it sees otherwise than was told', async () => {
    const world = await diesOverImport();
    const [told] = aboutFiles(world);
    world.report(first);
    world.lose('v2');
    await lookAt(world.ports)([worldObject]);
    const [now] = aboutFiles(world);
    expect(now?.finding.RecordState).toBe('ARCHIVED');
    expect(Date.parse(now?.finding.UpdatedAt ?? '')).toBeGreaterThan(
      Date.parse(told?.finding.UpdatedAt ?? ''),
    );
  });

  it('covers what an approval covers, although it was told of as open', async () => {
    const world = await diesOverImport();
    world.approve({ versionId: 'v2' });
    await lookAt(world.ports)([{ ...worldObject, isAsked: true }]);
    expect(aboutFiles(world)).toMatchObject([
      { finding: { RecordState: 'ARCHIVED' }, workflow: 'RESOLVED' },
    ]);
  });
});
