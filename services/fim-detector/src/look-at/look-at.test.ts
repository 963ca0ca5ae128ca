import { describe, expect, it } from '@jest/globals';
import { trackedId } from '@riposte/inventory';
import { type DetectorWorld, detectorWorld } from '../testing/detector-world.ts';
import { type Files, linesOf, worldKey, worldObject } from '../testing/world-files.ts';
import { lookAt } from './look-at.ts';

const config = '/etc/paymentapp/config.yaml';
const first: Files = {
  [config]: [23, '2026-11-01T08:00:00Z'],
  '/etc/hosts': [221, '2026-11-01T08:00:00Z'],
  '/var/log/syslog': [9, '2026-11-01T08:00:00Z'],
};
const tampered: Files = { ...first, [config]: [41, '2026-11-24T13:00:00Z'] };

const look = async (world: DetectorWorld, isAsked = false) => {
  const failures = await lookAt(world.ports)([{ ...worldObject, isAsked }]);
  return [...failures.values()];
};
const findings = ({ hub }: DetectorWorld) =>
  [...hub.values()].map(({ finding, workflow }) => [finding.Title, finding.RecordState, workflow]);
const aboutConfig = ({ hub }: DetectorWorld) =>
  [...hub.values()].filter(({ finding }) => finding.Title.includes(config));

/** A world in which a file was tampered with after the first inventory. */
async function tamperedWorld() {
  const world = detectorWorld();
  world.report(first);
  await look(world);
  world.report(tampered);
  await look(world);
  return world;
}

describe('a look', () => {
  it('takes the first inventory as a baseline that nobody has approved (E15)', async () => {
    const world = detectorWorld();
    world.report(first);
    expect(await look(world)).toEqual([]);
    expect(findings(world)).toEqual([
      [expect.stringContaining('Baseline not approved'), 'ACTIVE', 'NEW'],
    ]);
    expect(world.items.get(trackedId(worldObject))).toMatchObject({
      revision: 1,
      seen: { versionId: 'v1', lines: 3 },
    });
    expect(world.records).toMatchObject([{ to: 'v1', lines: 3, created: 0 }]);
  });

  it('tells which file has changed, what, and since when (F1, F8)', async () => {
    const world = await tamperedWorld();
    const [held] = aboutConfig(world);
    expect(held?.finding).toMatchObject({
      RecordState: 'ACTIVE',
      Severity: { Label: 'HIGH' },
      AwsAccountId: worldKey.account,
      Region: worldKey.region,
      Resources: [{ Id: expect.stringContaining(worldKey.node) }],
    });
    expect(held?.finding.Description).toMatch(/23.*41/);
    expect(world.hub.size).toBe(2);
    expect(world.records.at(-1)).toMatchObject({ from: 'v1', to: 'v2', modified: 1, findings: 1 });
  });

  it('makes no more than three calls for an object in which nothing has changed', async () => {
    const world = detectorWorld();
    world.report(first);
    await look(world);
    world.report(first);
    world.calls.length = 0;
    await look(world);
    const own = world.calls.filter((call) => call === 'list' || call === 'get');
    expect(own).toEqual(['list', 'get']);
    expect(world.calls).not.toContain('import');
    expect(world.items.get(trackedId(worldObject))?.seen.versionId).toBe('v2');
  });

  it('changes nothing when an event comes twice, and reads nothing again (E4, E5)', async () => {
    const world = await tamperedWorld();
    const before = structuredClone([...world.hub]);
    world.calls.length = 0;
    await look(world);
    expect([...world.hub]).toEqual(before);
    expect(world.calls).not.toContain('import');
    expect(world.calls).not.toContain('get');
  });

  it('takes versions in their order, whatever event comes first, and skips none (E1, E3)', async () => {
    const world = detectorWorld();
    world.report(first);
    await look(world);
    world.report(tampered);
    world.report(tampered);
    world.report(first);
    await look(world);
    expect(aboutConfig(world)).toMatchObject([{ finding: { RecordState: 'ARCHIVED' } }]);
    expect(world.records.map(({ to }) => to)).toEqual(['v1', 'v2', 'v3', 'v4']);
  });

  it('archives what is as approved again, and opens it under its id when it is not (F3)', async () => {
    const world = await tamperedWorld();
    const [before] = aboutConfig(world);
    world.report(first);
    await look(world);
    expect(aboutConfig(world)).toMatchObject([{ finding: { RecordState: 'ARCHIVED' } }]);
    world.report(tampered);
    await look(world);
    const [after] = aboutConfig(world);
    expect(after).toMatchObject({ finding: { Id: before?.finding.Id, RecordState: 'ACTIVE' } });
  });

  it('opens a finding that somebody has resolved, when its file changes again', async () => {
    const world = await tamperedWorld();
    const [held] = aboutConfig(world);
    const id = held?.finding.Id ?? '';
    if (held) world.hub.set(id, { ...held, workflow: 'RESOLVED' });
    world.report({ ...first, [config]: [42, '2026-11-24T13:30:00Z'] });
    await look(world);
    expect(world.hub.get(id)?.workflow).toBe('NEW');
  });

  it('does not move before its findings are accepted (E2, E16, F2)', async () => {
    const world = detectorWorld();
    world.report(first);
    await look(world);
    world.report(tampered);
    world.failing((call, when) => call === 'import' && when === 'before');
    expect(await look(world)).toHaveLength(1);
    expect(world.items.get(trackedId(worldObject))?.seen.versionId).toBe('v1');
    world.failing(() => false);
    world.report(tampered);
    expect(await look(world)).toEqual([]);
    expect(aboutConfig(world)).toHaveLength(1);
  });

  it('fails alone: other inventories of the batch are looked at', async () => {
    const world = detectorWorld();
    const other = { ...worldKey, node: 'i-0fedcba9876543210' };
    world.report(first);
    world.report(first, other);
    const read = world.ports.inventories.open;
    const ports = {
      ...world.ports,
      inventories: {
        ...world.ports.inventories,
        open: (bucket: string, key: string, version: string) =>
          key.includes(other.node)
            ? Promise.reject(new RangeError('no'))
            : read(bucket, key, version),
      },
    };
    const failures = await lookAt(ports)([worldObject, { ...worldObject, key: other }]);
    expect([...failures.keys()]).toEqual([trackedId({ ...worldObject, key: other })]);
    expect(world.items.size).toBe(1);
  });

  it('stops for want of time, and says so', async () => {
    const world = detectorWorld();
    world.report(first);
    const [error] = (await lookAt(world.ports)([worldObject], () => 1000)).values();
    expect(error).toMatchObject({ name: 'OutOfTimeError', retryable: true });
  });

  it('knows nothing of what was never stored', async () => {
    const world = detectorWorld();
    expect(await look(world)).toEqual([]);
    expect(world.hub.size).toBe(0);
  });
});

describe('what keeps a node from being watched', () => {
  it('is told once, and is over when it is (D7, D18)', async () => {
    const world = detectorWorld();
    world.report(first);
    await look(world);
    world.store(`${linesOf(first, '2026-11-24T14:30:00Z')}{"Name":\n`);
    await look(world);
    const about = () => findings(world).filter(([title]) => /cannot be read/i.test(title ?? ''));
    const problems = () => Object.keys(world.items.get(trackedId(worldObject))?.coverage ?? {});
    expect(problems()).toContain('unreadable-lines');
    expect(about().length).toBeLessThanOrEqual(1);
    world.report(first);
    await look(world);
    expect(problems()).toEqual([]);
  });

  it('includes inventories that are emptied and deleted (E11)', async () => {
    const world = detectorWorld();
    world.report(first);
    await look(world);
    world.store(undefined);
    await look(world);
    expect(world.items.get(trackedId(worldObject))?.coverage).toHaveProperty('inventory-deleted');
    world.report(first);
    await look(world);
    expect(world.items.get(trackedId(worldObject))?.coverage).toEqual({});
    world.store('');
    await look(world);
    expect(world.items.get(trackedId(worldObject))?.coverage).toHaveProperty('truncated');
    expect(aboutConfig(world)).toMatchObject([{ finding: { RecordState: 'ACTIVE' } }]);
  });

  it('includes a node whose lines name another', async () => {
    const world = detectorWorld();
    world.store(linesOf(first, '2026-11-24T14:00:00Z', 'i-0fedcba9876543210'));
    await look(world);
    expect(world.items.get(trackedId(worldObject))?.coverage).toHaveProperty('foreign-node');
  });

  it('includes a baseline that is gone: what the ledger knew stays known', async () => {
    const world = await tamperedWorld();
    world.lose('v2');
    world.report({ ...tampered, '/etc/new': [1, '2026-11-24T13:00:00Z'] });
    await look(world);
    expect(world.items.get(trackedId(worldObject))).toMatchObject({
      coverage: { 'baseline-lost': expect.any(String) },
      baseline: { versionId: 'v3' },
      ledger: { entries: 1 },
    });
    world.approve();
    await look(world, true);
    expect(world.items.get(trackedId(worldObject))?.coverage).toEqual({});
  });
});

describe('an approval', () => {
  it('resolves the findings that it covers, and is taken in once', async () => {
    const world = await tamperedWorld();
    world.approve({ names: ['/etc/paymentapp/*'] });
    await look(world, true);
    expect(aboutConfig(world)).toMatchObject([
      {
        finding: { RecordState: 'ARCHIVED' },
        workflow: 'RESOLVED',
        note: expect.stringContaining('change 4711'),
      },
    ]);
    const { revision } = world.items.get(trackedId(worldObject)) ?? {};
    await look(world, true);
    expect(world.items.get(trackedId(worldObject))?.revision).toBe(revision);
  });

  it('covers only what was seen: what changes afterwards is drift again', async () => {
    const world = await tamperedWorld();
    world.approve();
    await look(world, true);
    expect(findings(world).every(([, state]) => state === 'ARCHIVED')).toBe(true);
    world.report({ ...tampered, [config]: [42, '2026-11-24T13:40:00Z'] });
    await look(world);
    expect(aboutConfig(world)).toMatchObject([
      { finding: { RecordState: 'ACTIVE' }, workflow: 'NEW' },
    ]);
  });

  it('does not cover a version that came after the one that was looked at', async () => {
    const world = await tamperedWorld();
    world.approve();
    world.report({ ...tampered, [config]: [42, '2026-11-24T13:40:00Z'] });
    await look(world, true);
    expect(aboutConfig(world)).toMatchObject([{ finding: { RecordState: 'ACTIVE' } }]);
  });

  it('with an end holds until then', async () => {
    const world = await tamperedWorld();
    world.approve({ until: '2026-11-24T20:00:00.000Z' });
    await look(world, true);
    expect(aboutConfig(world)).toMatchObject([{ finding: { RecordState: 'ARCHIVED' } }]);
    world.pass(8 * 3_600_000);
    await look(world, true);
    expect(aboutConfig(world)).toMatchObject([{ finding: { RecordState: 'ACTIVE' } }]);
  });
});

describe('packages that changed in the same time', () => {
  const packages = { ...worldKey, type: 'AWS:Application' };
  const app = (Version: string, captureTime: string) => {
    const about = { Architecture: 'x86_64', resourceId: worldKey.node, captureTime };
    return `${JSON.stringify({ Name: 'nginx', Version, ...about })}\n`;
  };

  it.each(['before', 'after'] as const)('lower the severity, seen %s the files', async (order) => {
    const world = detectorWorld();
    const object = { ...worldObject, key: packages };
    world.store(app('1', '2026-11-24T14:00:30Z'), packages);
    world.report(first);
    await lookAt(world.ports)([object, worldObject]);
    world.store(app('2', '2026-11-24T14:02:30Z'), packages);
    world.report(tampered);
    for (const one of order === 'before' ? [object, worldObject] : [worldObject, object]) {
      await lookAt(world.ports)([one]);
    }
    expect(world.asked).toMatchObject([{ key: { type: 'AWS:File' } }]);
    for (const one of world.asked) await lookAt(world.ports)([{ ...one, isAsked: true }]);
    const [held] = aboutConfig(world);
    expect(held?.finding.FindingProviderFields.Severity.Label).not.toBe('HIGH');
  });
});
