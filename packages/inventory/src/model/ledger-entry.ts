import type { Severity } from '@riposte/findings';
import type { Entry } from './entry.ts';
import type { Signal } from './signal.ts';

/** When a node was seen as it is: the version of its inventory object, and when the node wrote it down. */
export interface Sighting {
  readonly versionId: string;
  /** Of the lines; where they have none, when S3 stored the object. ISO 8601, UTC. */
  readonly at: string;
}

/**
 * One thing that differs from the node's approved state. All of them are the ledger of an inventory, a line each (NDJSON), by identity:
 * what is not in it is approved as it was seen last.
 */
export interface LedgerEntry {
  readonly identity: string;
  readonly name: string;
  /** As approved. */
  readonly before: readonly Entry[];
  /** As seen last. */
  readonly after: readonly Entry[];
  /** The line of it seen last cannot be read: it is there, and what it says is unknown. */
  readonly unreadable?: 'after';
  /** The last inventory in which it was as approved, and the first in which it was not. */
  readonly since: { readonly from: Sighting; readonly to: Sighting };
  /** When S3 stored the first in which it was not; ISO 8601. */
  readonly openedAt: string;
  /** The inventory in which it last changed. */
  readonly last: Sighting;
  /** How often it has changed since it was as approved. */
  readonly changes: number;
  readonly signals: readonly Signal[];
  /** The name of what went (or came) where this came (or went), of the same size and time: perhaps it was only renamed. */
  readonly moved?: string;
  /** The rule that named it; absent: none did, and no finding speaks of it. */
  readonly rule?: string;
  readonly severity?: Severity;
  /** The maintenance window that it fell into. */
  readonly window?: string;
  /** The finding that speaks of it: its own, or one of many things that changed at once. */
  readonly findingId?: string;
  /** Approved for a time: nobody is told until then. */
  readonly exception?: { readonly approvalId: string; readonly until: string };
}
