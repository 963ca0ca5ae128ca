import * as z from 'zod';
import type { CoverageProblem } from '../model/tracked-inventory.ts';

/** ISO 8601, as this project writes it. */
export const time = z.string().min(1);

/** Of `Sighting`. */
export const sighting = z.object({ versionId: z.string(), at: time });

/** Of `InventoryKey`. */
export const inventoryKeyShape = z.object({
  prefix: z.string(),
  type: z.string(),
  account: z.string(),
  region: z.string(),
  node: z.string(),
});

const problems: Readonly<Record<CoverageProblem, true>> = {
  'not-reporting': true,
  'association-failed': true,
  'near-limit': true,
  'inventory-deleted': true,
  'baseline-lost': true,
  'foreign-node': true,
  'unreadable-lines': true,
  truncated: true,
  'versioning-off': true,
  'notifications-off': true,
  'sync-failed': true,
};

const isProblem = (name: string): name is CoverageProblem => Object.hasOwn(problems, name);

/** Every name of `CoverageProblem`. */
export const problemNames: readonly CoverageProblem[] = Object.keys(problems).filter(isProblem);
