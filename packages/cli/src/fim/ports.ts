import type {
  Approval,
  DetectorMessage,
  LedgerEntry,
  LedgerPointer,
  NodeId,
  TrackedInventory,
} from '@riposte/inventory';
import type { Clock } from '@riposte/responses';

/** A ledger that was kept: where it lies, and since when. */
export interface KeptLedger {
  readonly key: string;
  /** ISO 8601. */
  readonly at: string;
}

/** What the `fim` commands need from a deployment. */
export interface FimPorts {
  /** Every inventory that the detector knows. */
  inventories(): Promise<readonly TrackedInventory[]>;
  /** One inventory as it stands now; undefined: not known any more. */
  inventory(tracked: TrackedInventory): Promise<TrackedInventory | undefined>;
  /** What a ledger says. @throws AwsCallError where it is not what its digest says. */
  ledger(
    pointer: Pick<LedgerPointer, 'key'> & Partial<LedgerPointer>,
  ): Promise<readonly LedgerEntry[]>;
  /** Ledgers that were kept of an inventory, oldest first, at most so many of the newest. */
  ledgers(tracked: TrackedInventory, most: number): Promise<readonly KeptLedger[]>;
  /** Approvals of a node, oldest first. */
  approvals(node: NodeId): Promise<readonly Approval[]>;
  /** Keeps an approval; it is never written again. */
  approve(approval: Approval): Promise<void>;
  /** Asks the detector to look. */
  send(message: DetectorMessage): Promise<void>;
  wait(milliseconds: number): Promise<void>;
  /** ARN of whoever runs the command. */
  readonly caller: string;
  readonly stage: string;
  readonly clock: Clock;
}
