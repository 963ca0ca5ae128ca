import type { AsffFinding } from '@riposte/findings';
import type {
  Approval,
  ByteSource,
  InventoryKey,
  LedgerEntry,
  LedgerPointer,
  TrackedInventory,
} from '@riposte/inventory';

/** A version of an inventory object, or a delete marker, as S3 lists it. */
export interface ListedVersion {
  readonly versionId: string;
  /** ISO 8601. */
  readonly storedAt: string;
  readonly bytes: number;
  readonly deleteMarker: boolean;
}

/** Inventory objects in their versioned bucket. */
export interface Inventories {
  /**
   * What S3 has stored of a key after a version, oldest first, in S3's order; all of it where the version is not given.
   *
   * @returns `found` false: the version is not there any more, and `versions` is everything that is.
   */
  since(
    bucket: string,
    key: string,
    versionId: string | undefined,
  ): Promise<{ readonly found: boolean; readonly versions: readonly ListedVersion[] }>;
  /** One version's bytes; undefined: it is gone. Fetched once, and kept at hand for a second reading. */
  open(bucket: string, key: string, versionId: string): Promise<ByteSource | undefined>;
}

/** One object to look at. */
export interface InventoryObject {
  readonly bucket: string;
  readonly key: InventoryKey;
}

/** What is known of inventories. */
export interface TrackedInventories {
  /** By `trackedId`, those that are known; one call for up to 100. */
  read(objects: readonly InventoryObject[]): Promise<ReadonlyMap<string, TrackedInventory>>;
  /**
   * Writes those that nobody has written since: on condition that the stored revision is one lower (for revision 1: that there is none).
   *
   * @returns Ids of those that somebody else has moved: read again and done again.
   */
  move(inventories: readonly TrackedInventory[]): Promise<ReadonlySet<string>>;
  /** Approvals of one inventory, oldest first. */
  approvals(object: InventoryObject): Promise<readonly Approval[]>;
}

/** Ledgers in the evidence bucket: written once, under a name that says what they hold. */
export interface Ledgers {
  /** @throws LedgerLostError where it is gone or is not what its sha256 says. */
  read(pointer: LedgerPointer): Promise<readonly LedgerEntry[]>;
  /** Two writers of the same write the same. */
  write(
    object: InventoryObject,
    versionId: string,
    entries: readonly LedgerEntry[],
  ): Promise<LedgerPointer>;
}

/** A finding of the detector's own, in the account and Region that it speaks of. */
export interface FindingName {
  readonly id: string;
  readonly account: string;
  readonly region: string;
}

/** Security Hub. */
export interface FindingImports {
  /**
   * Hands findings in, each into its own account and Region. Those that Security Hub refuses singly are tried once more alone, then
   * reduced, then put into the dead-letter queue with the reason. Returns when each is accepted or lies there.
   *
   * @throws What a retry can mend: throttled, unavailable. What was accepted may be handed in again: the same, it changes nothing.
   */
  import(findings: readonly AsffFinding[]): Promise<void>;
  /**
   * Sets the workflow of findings RESOLVED, with a note; what an analyst has written in the note stays. Those that are not there any
   * more, or have the note already, are passed over.
   *
   * @throws What a retry can mend. What was resolved may be resolved again: it changes nothing.
   */
  resolve(findings: readonly FindingName[], note: string): Promise<void>;
  /** Sets those NEW, with a note, that somebody has set RESOLVED: what they speak of has changed again. Others stay as they are. */
  reopen(findings: readonly FindingName[], note: string): Promise<void>;
}

/** That a comparison ran, and what came of it (PCI DSS 11.5.2 asks for the proof). */
export interface ComparisonRecord {
  readonly object: InventoryObject;
  readonly from?: string;
  readonly to: string;
  readonly lines: number;
  readonly created: number;
  readonly modified: number;
  readonly deleted: number;
  readonly unreadableLines: number;
  readonly findings: number;
  readonly at: string;
}

export interface ComparisonRecords {
  /** Keeps records of one batch, in one object of the evidence bucket. */
  keep(records: readonly ComparisonRecord[]): Promise<void>;
}
