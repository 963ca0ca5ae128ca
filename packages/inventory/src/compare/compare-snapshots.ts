import { compareOrdered } from './compare-ordered.ts';
import { compareUnordered } from './compare-unordered.ts';
import type { Compared, Comparison } from './comparison.ts';

/**
 * Finds the things in which two inventories differ, whatever the order of their lines. A thing whose line cannot be read on a side, and
 * which that line names, is not taken for gone: its change says so (`unreadable`). Reads each source once where the lines stand in nearly
 * the same order, and up to three times otherwise; once more for each 16,384 things that differ.
 *
 * @throws What the sources do.
 * @example
 * const { changes } = await compareSnapshots({ before, after, type: inventoryType('AWS:File'), onChange: (change) => drift.push(change) });
 */
export async function compareSnapshots(comparison: Comparison): Promise<Compared> {
  return (await compareOrdered(comparison)) ?? compareUnordered(comparison);
}
