import type { CoverageTelling, TrackedInventory } from '@riposte/inventory';
import { updatedAtOf } from '../look-at/looking.ts';

/** Which inventories have to come, and how often. */
export interface SilenceOptions {
  /** Milliseconds between two inventories of a node. */
  readonly interval: number;
  /** Types that come with each of them: others come when they like. */
  readonly types: ReadonlySet<string>;
}

/** The name under which telling of silence is announced. */
const announcement = 'not-reporting';

/** When a node wrote down its newest inventory: never later than it was stored, whatever the node says. */
export function capturedAt({ seen }: TrackedInventory): string {
  return Date.parse(seen.at) < Date.parse(seen.storedAt) ? seen.at : seen.storedAt;
}

/** Whether an inventory has not come for longer than two intervals. One that was deleted is told of as such. */
export function isSilent(
  tracked: TrackedInventory,
  { interval, types }: SilenceOptions,
  now: Date,
): boolean {
  return (
    types.has(tracked.key.type) &&
    tracked.coverage['inventory-deleted'] === undefined &&
    now.getTime() - Date.parse(capturedAt(tracked)) > 2 * interval
  );
}

/** Whether something else has announced what it is about to tell, and has not finished. */
export function isInHands({ announced }: TrackedInventory): boolean {
  return announced !== undefined && announced.digest !== announcement;
}

/** A silent inventory before anybody is told: written first, so that who comes after a death knows what Security Hub may hold. */
export function announceSilence(tracked: TrackedInventory, now: Date): TrackedInventory {
  if (tracked.announced) return tracked;
  return {
    ...tracked,
    revision: tracked.revision + 1,
    announced: {
      updatedAt: updatedAtOf(tracked, now.toISOString()),
      digest: announcement,
      ledgers: [],
      coverage: ['not-reporting'],
    },
  };
}

/** What is told of a silent inventory. */
export function silenceOf(
  tracked: TrackedInventory,
  updatedAt: string,
  more: Partial<CoverageTelling> = {},
): CoverageTelling {
  const { bucket, key } = tracked;
  return {
    subject: { kind: 'inventory', place: { bucket, key } },
    problem: 'not-reporting',
    since: capturedAt(tracked),
    updatedAt,
    ...more,
    details: { 'last inventory': capturedAt(tracked), ...more.details },
  };
}

/** A silent inventory once it is told. The next that comes ends it. */
export function afterSilence(announced: TrackedInventory): TrackedInventory {
  const { announced: told, ...tracked } = announced;
  return {
    ...tracked,
    revision: tracked.revision + 1,
    coverage: { ...tracked.coverage, 'not-reporting': capturedAt(tracked) },
    reportedAt: told?.updatedAt ?? tracked.reportedAt,
  };
}
