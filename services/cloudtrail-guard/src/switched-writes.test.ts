import { describe, expect, it } from '@jest/globals';
import { restoreTrail } from '@riposte/remediations/cloudtrail';
import { switchedWrites } from './switched-writes.ts';
import { fakeGuard, mainTrail, runningTrail } from './testing/fake-guard.ts';

const weakened = { isMultiRegionTrail: false, insightTypes: [] };

function world() {
  const trail = runningTrail(mainTrail, { insightTypes: ['ApiCallRateInsight'] });
  const approved = trail.configuration;
  const guard = fakeGuard({ ...trail, configuration: { ...approved, ...weakened } });
  const { ports } = guard;
  const trails = switchedWrites(ports.trails(), ports.settings);
  return { guard, approved, trails };
}

describe('switchedWrites', () => {
  it('lets writes through while changes are allowed', async () => {
    const { approved, trails } = world();
    const target = { trail: mainTrail, approved };
    await restoreTrail.apply(target, await trails.read(mainTrail), trails);
    await expect(trails.read(mainTrail)).resolves.toMatchObject({ isMultiRegionTrail: true });
  });

  it('ends a repair between two of its calls when the switch is turned', async () => {
    const { guard, approved, trails } = world();
    const before = await trails.read(mainTrail);
    const turning = {
      ...trails,
      async update(...change: Parameters<typeof trails.update>) {
        await trails.update(...change);
        guard.turnSwitch('changes-stopped');
      },
    };
    await expect(
      restoreTrail.apply({ trail: mainTrail, approved }, before, turning),
    ).rejects.toMatchObject({ name: 'ChangesStoppedError', retryable: false });
    await expect(trails.read(mainTrail)).resolves.toMatchObject({
      isMultiRegionTrail: true,
      insightTypes: [],
    });
  });

  it('lets no write through while the switch cannot be read', async () => {
    const { guard, approved, trails } = world();
    guard.breakSettings('AccessDeniedException');
    const writes: readonly (() => Promise<void>)[] = [
      () => trails.start(mainTrail),
      () => trails.stop(mainTrail),
      () => trails.update(mainTrail, {}),
      () => trails.putSelectors(mainTrail, approved),
      () => trails.putInsights(mainTrail, []),
      () => trails.changeTags(mainTrail, { set: {}, remove: [] }),
      () => trails.create(mainTrail, approved),
      () => trails.remove(mainTrail),
    ];
    for (const write of writes) {
      await expect(write()).rejects.toMatchObject({
        name: 'ChangesStoppedError',
        message: expect.stringContaining('AccessDeniedException'),
      });
    }
  });

  it('creates nothing while changes are stopped', async () => {
    const { guard, approved, trails } = world();
    guard.turnSwitch('changes-stopped');
    await expect(trails.create(mainTrail, approved)).rejects.toMatchObject({
      name: 'ChangesStoppedError',
    });
  });

  it('reads all the same', async () => {
    const { guard, trails } = world();
    guard.turnSwitch('changes-stopped');
    await expect(trails.status(mainTrail)).resolves.toMatchObject({ isLogging: true });
  });
});
