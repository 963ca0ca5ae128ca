import type { InventoryType } from '../model/inventory-type.ts';
import type { LedgerPointer } from '../model/tracked-inventory.ts';
import type { InventoryPlace } from './finding-ids.ts';

/** What findings about changes of one inventory are written from, besides its ledger. */
export interface FindingScene {
  readonly place: InventoryPlace;
  readonly type: InventoryType;
  /** The version that was compared last. */
  readonly versionId: string;
  /** `UpdatedAt`, ISO 8601. */
  readonly updatedAt: string;
  /** The whole ledger in the evidence bucket; absent: nothing differs any more. */
  readonly ledger?: LedgerPointer;
  readonly evidenceBucket: string;
  /** The node's. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Why findings are archived: `it is as approved again`. */
  readonly ending: string;
}
