import {
  inventoryType,
  type Judging,
  type Ledger,
  type LedgerPointer,
  ledgerOf,
} from '@riposte/inventory';
import type { Ledgers } from '../ports.ts';
import type { LookPorts, Seen } from './looking.ts';

/** An inventory that has been seen before, with its ledger as it stands. */
export interface Known extends Seen {
  readonly ledger: Ledger;
  readonly judging: Judging;
}

/** Reads ledgers of one inventory, each once in a look: what a pointer names is always the same. */
export class KnownLedgers {
  readonly #ledgers: Pick<Ledgers, 'read'>;
  #last: { readonly sha256: string; readonly ledger: Ledger } | undefined;

  constructor(ledgers: Pick<Ledgers, 'read'>) {
    this.#ledgers = ledgers;
  }

  /** @throws LedgerLostError */
  async at(pointer: LedgerPointer | undefined): Promise<Ledger> {
    if (!pointer) return ledgerOf([]);
    if (this.#last?.sha256 === pointer.sha256) return this.#last.ledger;
    const ledger = ledgerOf(await this.#ledgers.read(pointer));
    this.keep(pointer, ledger);
    return ledger;
  }

  keep({ sha256 }: LedgerPointer, ledger: Ledger): void {
    this.#last = { sha256, ledger };
  }
}

/** An inventory with its ledger, and what that is judged by. */
export async function knownOf(
  seen: Seen,
  ledgers: KnownLedgers,
  { rules, tags }: Pick<LookPorts, 'rules' | 'tags'>,
): Promise<Known> {
  const { object, packageChanges } = seen;
  const known = await tags?.(object);
  return {
    ...seen,
    ledger: await ledgers.at(seen.tracked.ledger),
    judging: {
      ...{ ...object, type: inventoryType(object.key.type), rules, packageChanges },
      ...(known && { tags: known }),
    },
  };
}
