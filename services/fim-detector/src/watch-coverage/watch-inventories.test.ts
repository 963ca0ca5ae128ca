import { describe, expect, it } from '@jest/globals';
import {
  type Approval,
  coverageFindingId,
  type TrackedInventory,
  trackedId,
} from '@riposte/inventory';
import { followSilence } from './follow-silence.ts';
import { tellSilence } from './tell-silence.ts';
import {
  asked,
  bucket,
  minute,
  nodeA,
  nodeB,
  start,
  tracked,
  watchWorld,
} from './testing/watch-world.ts';
import { watchInventories } from './watch-inventories.ts';

const options = { bucket, interval: 30 * minute, types: new Set(['AWS:File']) };
const day = 24 * 60;
const nodes = Array.from({ length: 5 }, (_, index) => `i-0123456789abcdef${index}`);

type World = ReturnType<typeof watchWorld>;

function watch({ ports }: World) {
  return watchInventories(
    {
      ...ports,
      tellSilence: tellSilence(ports),
      followSilence: followSilence({ ...ports, retention: 30 * day * minute }),
    },
    options,
  );
}

function silenceId({ bucket: place, key }: TrackedInventory): string {
  return coverageFindingId({ kind: 'inventory', place: { bucket: place, key } }, 'not-reporting');
}

describe('watchInventories', () => {
  it('tells of a node that sent nothing for longer than two intervals, once (O1)', async () => {
    const world = watchWorld(tracked(nodeA, 61), tracked(nodeB, 60));
    for (let run = 0; run < 4; run += 1) await watch(world);
    expect(world.told).toMatchObject([
      {
        Id: silenceId(tracked(nodeA, 61)),
        RecordState: 'ACTIVE',
        FirstObservedAt: new Date(start - 61 * minute).toISOString(),
      },
    ]);
    const after = world.items.get(trackedId(tracked(nodeA, 61)));
    expect(after?.coverage['not-reporting']).toBe(new Date(start - 61 * minute).toISOString());
    expect(after).not.toHaveProperty('announced');
    expect(after?.reportedAt).toBe(world.told[0]?.UpdatedAt);
  });

  it('believes no time that is later than when the inventory was stored', async () => {
    const silent = tracked(nodeA, 61);
    const ahead = new Date(start + day * minute).toISOString();
    const world = watchWorld({ ...silent, seen: { ...silent.seen, at: ahead } });
    await watch(world);
    expect(world.told).toHaveLength(1);
  });

  it('expects only types that come with each inventory, and tells of deleted ones as such', async () => {
    const other = tracked(nodeA, 600);
    const gone = tracked(nodeB, 600, { coverage: { 'inventory-deleted': other.reportedAt } });
    const world = watchWorld({ ...other, key: { ...other.key, type: 'AWS:Tag' } }, gone);
    await watch(world);
    expect(world.told).toEqual([]);
  });

  it.each(['move', 'import', 'after import'])(
    'neither loses nor repeats silence where %s fails',
    async (call) => {
      const world = watchWorld(tracked(nodeA, 61));
      world.failures.set(call, new Error('away'));
      await expect(watch(world)).rejects.toThrow('away');
      world.pass(15);
      await watch(world);
      expect(world.told).toHaveLength(1);
      expect(world.items.get(trackedId(tracked(nodeA, 61)))?.coverage).toHaveProperty(
        'not-reporting',
      );
    },
  );

  it('has a silent inventory looked at: it may be one that was deleted unheard', async () => {
    const world = watchWorld(tracked(nodeA, 61));
    await watch(world);
    await watch(world);
    expect(asked(world.looks)).toEqual([`sweep ${nodeA}.json`]);
  });

  it('leaves alone what was written meanwhile, or is being told of by a comparison', async () => {
    const inHands = tracked(nodeB, 61, {
      announced: {
        updatedAt: tracked(nodeB, 1).reportedAt,
        digest: 'd',
        ledgers: [],
        coverage: [],
      },
    });
    const world = watchWorld(tracked(nodeA, 61), inHands);
    const { move } = world.ports.tracked;
    world.ports.tracked.move = async (some) => {
      for (const one of some) world.items.set(trackedId(one), tracked(nodeA, 0, { revision: 9 }));
      return move(some);
    };
    await watch(world);
    expect(world.told).toEqual([]);
    expect(asked(world.looks)).toContain(`sweep ${nodeB}.json`);
  });

  it('says that a silent node is terminated, and archives that when it is past', async () => {
    const world = watchWorld(tracked(nodeA, 61));
    await watch(world);
    world.statusOf.set(nodeA, { status: 'Terminated' });
    for (let run = 0; run < 9; run += 1) {
      world.pass(15);
      await watch(world);
    }
    expect(world.told).toHaveLength(2);
    expect(world.told[1]?.ProductFields).toMatchObject({
      'riposte/fim/details/node status': 'Terminated',
    });
    world.pass(31 * day);
    await watch(world);
    await watch(world);
    expect(world.told.map(({ RecordState }) => RecordState)).toEqual([
      'ACTIVE',
      'ACTIVE',
      'ARCHIVED',
    ]);
    expect(new Set(world.told.map(({ Id }) => Id)).size).toBe(1);
  });

  it('says at once that a node is terminated where that is known', async () => {
    const world = watchWorld(tracked(nodeA, 61));
    world.statusOf.set(nodeA, { status: 'Terminated' });
    await watch(world);
    expect(world.told[0]?.Description).toContain('node status: Terminated');
  });

  it('goes on where the run before had to stop, and says that something is left', async () => {
    const world = watchWorld(...nodes.map((node) => tracked(node, 61)));
    let pages = 0;
    world.world.timeLeft = () => (pages++ % 2 === 0 ? 300_000 : 0);
    expect(await watch(world)).toMatchObject({ inventories: 2, isWhole: false });
    expect(await watch(world)).toMatchObject({ inventories: 2, isWhole: false });
    expect(await watch(world)).toMatchObject({ inventories: 1, isWhole: true });
    expect(world.told).toHaveLength(5);
  });

  it('has drift looked at, once a day, that Security Hub would forget', async () => {
    const ledger = { key: 'k', sha256: 's', entries: 1 };
    const old = (node: string, days: number) =>
      tracked(node, 5, { ledger, reportedAt: new Date(start - days * day * minute).toISOString() });
    const world = watchWorld(old(nodeA, 31), old(nodeB, 29));
    for (let run = 0; run < 96; run += 1) {
      await watch(world);
      for (const [id, one] of world.items)
        world.items.set(id, {
          ...one,
          seen: {
            ...one.seen,
            at: world.clock().toISOString(),
            storedAt: world.clock().toISOString(),
          },
        });
      world.pass(15);
    }
    expect(asked(world.looks).filter((look) => look.startsWith('remind'))).toEqual([
      `remind ${nodeA}.json`,
    ]);
  });

  it('has an inventory looked at once when an exception of its has ended', async () => {
    const { key } = tracked(nodeA, 5);
    const approval = (id: string, until?: number): Approval => ({
      ...{ ...key, id, versionId: 'v1', by: 'arn', why: 'w', at: new Date(start).toISOString() },
      ...(until !== undefined && { until: new Date(start + until * minute).toISOString() }),
    });
    const world = watchWorld(tracked(nodeA, 5));
    world.approvals.push(approval('fim-1', 10), approval('fim-2'), approval('fim-3', 40));
    await watch(world);
    expect(world.looks).toEqual([]);
    world.pass(15);
    await watch(world);
    await watch(world);
    expect(asked(world.looks)).toEqual([`exception-ended ${nodeA}.json`]);
    world.pass(30);
    await watch(world);
    expect(asked(world.looks)).toHaveLength(2);
  });
});
