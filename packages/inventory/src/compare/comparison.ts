import type { Change } from '../model/change.ts';
import type { InventoryType } from '../model/inventory-type.ts';
import type { ByteSource, SnapshotFacts } from '../model/snapshot.ts';

/** Two inventories of a node, and what takes their differences. */
export interface Comparison {
  readonly before: ByteSource;
  readonly after: ByteSource;
  readonly type: InventoryType;
  /** Called once for each thing that differs, in any order. */
  readonly onChange: (change: Change) => void;
}

/** What was compared, and how many things differ. */
export interface Compared {
  readonly before: SnapshotFacts;
  readonly after: SnapshotFacts;
  readonly changes: number;
}
