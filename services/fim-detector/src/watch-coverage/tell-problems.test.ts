import { describe, expect, it } from '@jest/globals';
import { tellProblems } from './tell-problems.ts';
import { account, minute, region, watchWorld } from './testing/watch-world.ts';
import type { WatchedProblem } from './watched-problem.ts';

const subject = { kind: 'bucket', account, region, name: 'inventories' } as const;
const off: WatchedProblem = {
  subject,
  problem: 'versioning-off',
  details: { status: 'Suspended' },
};
const seenNow = { found: [off], judges: () => true };
const notSeen = { found: [], judges: () => true };

describe('tellProblems', () => {
  it('tells of a problem once while it lasts, and archives it when it is over', async () => {
    const { ports, told, pass } = watchWorld();
    const tell = tellProblems(ports);
    for (let run = 0; run < 5; run += 1) {
      await tell(seenNow);
      pass(15);
    }
    expect(told).toHaveLength(1);
    expect(await tell(notSeen)).toBe(1);
    expect(await tell(notSeen)).toBe(0);
    expect(told.map(({ RecordState }) => RecordState)).toEqual(['ACTIVE', 'ARCHIVED']);
    expect(new Set(told.map(({ Id }) => Id)).size).toBe(1);
  });

  it('tells under the same id of a problem that comes back', async () => {
    const { ports, told, pass } = watchWorld();
    const tell = tellProblems(ports);
    for (const observation of [seenNow, notSeen, seenNow]) {
      await tell(observation);
      pass(15);
    }
    expect(told.map(({ RecordState }) => RecordState)).toEqual(['ACTIVE', 'ARCHIVED', 'ACTIVE']);
    expect(new Set(told.map(({ Id }) => Id)).size).toBe(1);
    expect(told.map(({ UpdatedAt }) => UpdatedAt)).toEqual(
      [...told.map(({ UpdatedAt }) => UpdatedAt)].sort(),
    );
  });

  it.each(['import', 'after import', 'problems'])(
    'neither loses nor repeats a problem where %s fails',
    async (call) => {
      const { ports, told, failures, pass } = watchWorld();
      const tell = tellProblems(ports);
      failures.set(call, new Error('away'));
      await expect(tell(seenNow)).rejects.toThrow('away');
      pass(15);
      await tell(seenNow);
      expect(told).toHaveLength(1);
      failures.set(call, new Error('away'));
      await expect(tell(notSeen)).rejects.toThrow('away');
      pass(15);
      await tell(notSeen);
      expect(told.map(({ RecordState }) => RecordState)).toEqual(['ACTIVE', 'ARCHIVED']);
    },
  );

  it('leaves alone what nobody has looked at', async () => {
    const { ports, told } = watchWorld();
    await tellProblems(ports)(seenNow);
    await tellProblems(ports)({ found: [], judges: () => false });
    expect(told).toHaveLength(1);
  });

  it('tells nobody within the grace, and nothing of what is over by then', async () => {
    const { ports, told, pass } = watchWorld();
    const tell = tellProblems(ports);
    const late = { found: [{ ...off, grace: 60 * minute }], judges: () => true };
    await tell(late);
    pass(59);
    await tell(late);
    expect(told).toEqual([]);
    await tell(notSeen);
    expect(told).toEqual([]);
    await tell(late);
    pass(61);
    await tell(late);
    expect(told).toHaveLength(1);
  });

  it('tells again after 30 days: Security Hub forgets findings after 90', async () => {
    const { ports, told, pass } = watchWorld();
    const tell = tellProblems(ports);
    await tell(seenNow);
    pass(31 * 24 * 60);
    await tell(seenNow);
    await tell(seenNow);
    expect(told).toHaveLength(2);
  });

  it('leaves the telling to whoever was first', async () => {
    const { ports, told } = watchWorld();
    const before = await ports.problems.open();
    const stale = { ...ports.problems, open: async () => before, read: async () => new Map() };
    await tellProblems(ports)(seenNow);
    await tellProblems({ ...ports, problems: stale })(seenNow);
    expect(told).toHaveLength(1);
  });
});
