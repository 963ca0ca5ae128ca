import { inventoryType, type Judging, type Ledger, ledgerOf } from '@riposte/inventory';
import type { LookPorts, Moving, Seen } from './looking.ts';

/** An inventory that has been seen before, with its ledger as it stands. */
export interface Known extends Seen {
  readonly ledger: Ledger;
}

/** Reads the ledger of an inventory. @throws LedgerLostError */
export async function knownOf(seen: Seen, { ledgers }: Pick<LookPorts, 'ledgers'>): Promise<Known> {
  const pointer = seen.tracked.ledger;
  return { ...seen, ledger: ledgerOf(pointer ? await ledgers.read(pointer) : []) };
}

/** What entries of an inventory's ledger are judged by. */
export function judgingOf({ object, packageChanges }: Moving, { rules }: LookPorts): Judging {
  return { ...object, type: inventoryType(object.key.type), rules, packageChanges };
}
