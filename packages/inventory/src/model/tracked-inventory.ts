import type { InventoryKey } from './inventory-key.ts';
import type { Sighting } from './ledger-entry.ts';

/** Something that keeps a node, or one inventory of it, from being watched: each is a finding while it lasts. */
export type CoverageProblem =
  /** No inventory for longer than two intervals. */
  | 'not-reporting'
  | 'association-failed'
  /** More than 450 of the agent's 500 files: past 500 it sends nothing. */
  | 'near-limit'
  | 'inventory-deleted'
  | 'baseline-lost'
  /** Lines name another node than the key. */
  | 'foreign-node'
  | 'unreadable-lines'
  /** The object is empty, or ends in the middle of a line. */
  | 'truncated'
  /** Of a bucket, not of a node. */
  | 'versioning-off'
  /** The bucket tells nobody of new inventories. */
  | 'notifications-off'
  | 'sync-failed';

/** What is known of one inventory of one node: the item that a comparison moves, last and under a condition. */
export interface TrackedInventory {
  readonly bucket: string;
  readonly key: InventoryKey;
  /** Counts up by one with each write: who writes read this one. */
  readonly revision: number;
  /** The version compared last, and what it held. */
  readonly seen: SeenVersion;
  /** Where the approved state began, and who said that it is good; without approval it is only what was seen first. */
  readonly baseline: Sighting & { readonly approvalId?: string };
  /** What differs from the approved state; absent: nothing. */
  readonly ledger?: LedgerPointer;
  /** `UpdatedAt` of the last findings about it: later ones are later. ISO 8601 with milliseconds. */
  readonly reportedAt: string;
  /** Which rules judged the ledger (sha256 of the compiled rules). */
  readonly rules: string;
  /** What keeps it from being watched, with the time since when (ISO 8601). */
  readonly coverage: Readonly<Partial<Record<CoverageProblem, string>>>;
  /** When packages of the node changed (only on `AWS:Application`): the newest twenty times. */
  readonly packageChanges?: readonly { readonly from: string; readonly to: string }[];
  /** The end of the newest package change that its ledger was judged with (not on `AWS:Application`). */
  readonly packages?: string;
  /** Ids of approvals that were taken in, oldest first: the newest fifty. */
  readonly approvals?: readonly string[];
  /** What is being handed in to Security Hub, or was when a function died: gone once the inventory has moved. */
  readonly announced?: Announcement;
}

/**
 * What a comparison is about to hand in. Written first, so that whoever comes after a death knows what Security Hub may hold: the same
 * findings go in again under the same time, which changes nothing; others go in later, and what must not be there is archived.
 */
export interface Announcement {
  /** `UpdatedAt` of all of them. */
  readonly updatedAt: string;
  /** Digest of the findings without that time. */
  readonly digest: string;
  /** Ledgers whose findings may have been handed in: this one's, and those of functions that died before. */
  readonly ledgers: readonly LedgerPointer[];
  /** Likewise, problems of coverage. */
  readonly coverage: readonly CoverageProblem[];
}

/** One version of an inventory object that was compared. */
export interface SeenVersion extends Sighting {
  /** sha256 of its lines without their capture times: equal where nothing changed. */
  readonly digest: string;
  readonly lines: number;
  /** When S3 stored it, ISO 8601. */
  readonly storedAt: string;
}

/** Where a ledger lies in the evidence bucket. */
export interface LedgerPointer {
  readonly key: string;
  readonly sha256: string;
  readonly entries: number;
}
