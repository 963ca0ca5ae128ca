import type { AsffFinding } from '@riposte/findings';
import type {
  CoverageProblem,
  InventoryRules,
  Ledger,
  PackageChange,
  TrackedInventory,
} from '@riposte/inventory';
import type {
  ComparisonRecord,
  ComparisonRecords,
  FindingImports,
  FindingName,
  Inventories,
  InventoryObject,
  Ledgers,
  TrackedInventories,
} from '../ports.ts';

/** What looking at inventories needs. */
export interface LookPorts {
  readonly inventories: Inventories;
  readonly tracked: TrackedInventories;
  readonly ledgers: Ledgers;
  readonly imports: FindingImports;
  readonly comparisons: ComparisonRecords;
  readonly rules: InventoryRules;
  /** Where ledgers lie: findings name it. */
  readonly evidenceBucket: string;
  /** Asks for a look at other inventories. */
  ask(objects: readonly InventoryObject[]): Promise<void>;
  /** A node's tags, for rules that ask for them; undefined, or no such port: not known, which rules then say. */
  tags?(object: InventoryObject): Promise<Readonly<Record<string, string>> | undefined>;
  clock(): Date;
}

/** What a move of an inventory is made of, apart from the inventory itself. */
export interface Moving {
  readonly object: InventoryObject;
  /** As it stands in the table; undefined: it has not been seen before. */
  readonly tracked: TrackedInventory | undefined;
  /** When packages of the node changed. */
  readonly packageChanges: readonly PackageChange[];
}

/** An inventory that has been seen before. */
export interface Seen extends Moving {
  readonly tracked: TrackedInventory;
}

/** One move of an inventory: what is known of it afterwards, and what is told before that is written. */
export interface Move {
  readonly next: TrackedInventory;
  /** The ledger that `next` points to, where it was read. */
  readonly ledger?: Ledger;
  readonly findings: readonly AsffFinding[];
  /** Findings that are open again, where somebody has resolved them. */
  readonly reopen: readonly FindingName[];
  /** Findings that people have settled, with what is noted on them. */
  readonly resolve: readonly { readonly names: readonly FindingName[]; readonly note: string }[];
  readonly record?: ComparisonRecord;
  /** Problems of coverage that findings speak of. */
  readonly coverage?: readonly CoverageProblem[];
  /** Inventories that another look is due at once this one has moved. */
  readonly asks: readonly InventoryObject[];
}

/** A move that tells nobody anything. */
export function silentMove(next: TrackedInventory): Move {
  return { next, findings: [], reopen: [], resolve: [], asks: [] };
}

/** `UpdatedAt` of findings about what S3 stored at a time: later than all that were told before. */
export function updatedAtOf(tracked: TrackedInventory | undefined, storedAt: string): string {
  const told = Math.max(
    Date.parse(tracked?.reportedAt ?? storedAt),
    Date.parse(tracked?.announced?.updatedAt ?? storedAt),
  );
  const earliest = tracked ? told + 1 : told;
  return new Date(Math.max(Date.parse(storedAt), earliest)).toISOString();
}
