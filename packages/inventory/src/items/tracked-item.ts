import * as z from 'zod';
import type { TrackedInventory } from '../model/tracked-inventory.ts';
import { inventoryKeyShape, problemNames, sighting, time } from './shapes.ts';

/** The sort keys of what is known of inventories begin so. */
export const trackedPrefix = 'inventory#';

/** Where items about a node lie. */
export interface NodeId {
  readonly account: string;
  readonly region: string;
  readonly node: string;
}

/** The partition of everything about a node: its inventories, and what people have approved. */
export function nodePartition({ account, region, node }: NodeId): string {
  return `node#${account}/${region}/${node}`;
}

/** The key of the item of one inventory. */
export function trackedItemKey({ bucket, key }: Pick<TrackedInventory, 'bucket' | 'key'>): ItemKey {
  return { pk: nodePartition(key), sk: `${trackedPrefix}${key.type}#${bucket}/${key.prefix}` };
}

/** The primary key of an item of the detector's table. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** What is known of an inventory, as an item. */
export function trackedItem(tracked: TrackedInventory): TrackedInventory & ItemKey {
  return { ...trackedItemKey(tracked), ...tracked };
}

const pointer = z.object({ key: z.string(), sha256: z.string(), entries: z.number() });

const stored = z.object({
  bucket: z.string(),
  key: inventoryKeyShape,
  revision: z.number().int().positive(),
  seen: sighting.extend({
    digest: z.string(),
    lines: z.number(),
    storedAt: time,
  }),
  baseline: sighting.extend({ approvalId: z.string().exactOptional() }),
  ledger: pointer.exactOptional(),
  reportedAt: time,
  rules: z.string(),
  coverage: z.partialRecord(z.enum(problemNames), time),
  packageChanges: z.array(z.object({ from: time, to: time })).exactOptional(),
  packages: time.exactOptional(),
  approvals: z.array(z.string()).exactOptional(),
  announced: z
    .object({
      updatedAt: time,
      digest: z.string(),
      ledgers: z.array(pointer),
      coverage: z.array(z.enum(problemNames)),
    })
    .exactOptional(),
});

/**
 * Reads an item back.
 *
 * @returns undefined where it is none of these, or of a version that this one does not know.
 */
export function readTrackedItem(item: unknown): TrackedInventory | undefined {
  const { data } = stored.safeParse(item);
  return data;
}
