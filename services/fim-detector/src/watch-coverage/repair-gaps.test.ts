import { describe, expect, it } from '@jest/globals';
import { repairGaps, type StoredObjects } from './repair-gaps.ts';
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

const place = { bucket, prefix: '' };
const later = 'i-0123456789abcdef2';

/** Objects one a page, stored so many minutes ago. */
function objectsOf(...stored: readonly (readonly [node: string, minutesAgo: number])[]) {
  const asks: string[] = [];
  const objects: StoredObjects = {
    async page(_prefix, after) {
      asks.push(after);
      const at = after === '' ? 0 : Number(after);
      const [node = '', minutesAgo = 0] = stored[at] ?? [];
      return {
        objects: [
          {
            key: tracked(node, 0).key,
            storedAt: new Date(start - minutesAgo * minute).toISOString(),
          },
        ],
        ...(at + 1 < stored.length && { next: String(at + 1) }),
      };
    },
  };
  return { objects, asks };
}

describe('repairGaps', () => {
  it('has looked at what was stored without anybody looking, known or not', async () => {
    const { ports, looks } = watchWorld(tracked(nodeA, 60), tracked(nodeB, 20));
    const { objects } = objectsOf([nodeA, 30], [nodeB, 20], [later, 40]);
    expect(await repairGaps({ ...ports, objects }, place)).toEqual({ gaps: 2, isWhole: true });
    expect(asked(looks)).toEqual([`sweep ${nodeA}.json`, `sweep ${later}.json`]);
  });

  it('leaves alone what has its event under way', async () => {
    const { ports, looks } = watchWorld(tracked(nodeA, 60));
    const { objects } = objectsOf([nodeA, 10]);
    await repairGaps({ ...ports, objects }, place);
    expect(looks).toEqual([]);
  });

  it('goes on where the run before had to stop, and then begins again', async () => {
    const { ports, world, looks } = watchWorld();
    const { objects, asks } = objectsOf([nodeA, 30], [nodeB, 30], [later, 30]);
    let left = 2;
    world.timeLeft = () => (left-- > 0 ? 300_000 : 0);
    expect(await repairGaps({ ...ports, objects }, place)).toEqual({ gaps: 2, isWhole: false });
    left = 10;
    expect(await repairGaps({ ...ports, objects }, place)).toEqual({ gaps: 1, isWhole: true });
    expect(asked(looks)).toHaveLength(3);
    await repairGaps({ ...ports, objects }, place);
    expect(asks).toEqual(['', '1', '2', '', '1', '2']);
  });
});
