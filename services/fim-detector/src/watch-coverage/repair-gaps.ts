import { type InventoryKey, trackedId } from '@riposte/inventory';
import type { Clock } from '@riposte/responses';
import type { TrackedInventories } from '../ports.ts';
import type { Looks } from './looks.ts';
import type { Progress } from './progress.ts';

/** Objects as they are stored now. */
export interface StoredObjects {
  /** One page of keys below a prefix and after a key, in order; what is no inventory of a node is left out. */
  page(
    prefix: string,
    after: string,
  ): Promise<{
    readonly objects: readonly { readonly key: InventoryKey; readonly storedAt: string }[];
    readonly next?: string;
  }>;
}

/** What repairing needs. */
export interface GapPorts {
  readonly objects: StoredObjects;
  readonly tracked: Pick<TrackedInventories, 'read'>;
  readonly looks: Looks;
  readonly progress: Progress;
  readonly clock: Clock;
  readonly timeLeft: () => number;
}

/** Where inventories lie. */
export interface GapPlace {
  readonly bucket: string;
  readonly prefix: string;
}

/** What was stored so recently has its event under way, in milliseconds. */
const underWay = 15 * 60_000;
/** Kept for what comes after. */
const reserve = 30_000;
const mostLooks = 2_000;
const readAtOnce = 100;

/**
 * Finds inventories that were stored without anybody having looked, because an event was lost, and has them looked at. Goes on where the run
 * before had to stop.
 *
 * @returns how many gaps there were, and whether all objects were seen.
 */
export async function repairGaps(
  { objects, tracked, looks, progress, clock, timeLeft }: GapPorts,
  { bucket, prefix }: GapPlace,
): Promise<{ readonly gaps: number; readonly isWhole: boolean }> {
  const { gapsAfter = '' } = await progress.read();
  const settled = new Date(clock().getTime() - underWay).toISOString();
  let gaps = 0;
  let after: string | undefined = gapsAfter;
  while (after !== undefined && timeLeft() > reserve && gaps < mostLooks) {
    const page = await objects.page(prefix, after);
    const old = page.objects.filter(({ storedAt }) => storedAt < settled);
    for (let at = 0; at < old.length; at += readAtOnce) {
      const some = old.slice(at, at + readAtOnce).map((one) => ({ ...one, bucket }));
      const known = await tracked.read(some);
      const missed = some.filter((one) => {
        const seenAt = known.get(trackedId(one))?.seen.storedAt;
        return seenAt === undefined || Date.parse(seenAt) < Date.parse(one.storedAt);
      });
      await looks.send(missed.map(({ key }) => ({ bucket, key, reason: 'sweep' })));
      gaps += missed.length;
    }
    after = page.next;
    await progress.note({ gapsAfter: after ?? '' });
  }
  return { gaps, isWhole: after === undefined };
}
