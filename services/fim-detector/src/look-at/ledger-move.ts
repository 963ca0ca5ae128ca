import {
  changeFindings,
  type Ledger,
  type LedgerEntry,
  type LedgerPointer,
  ledgerLines,
  ledgerOf,
  newestPackageChange,
  type TrackedInventory,
} from '@riposte/inventory';
import type { FindingName } from '../ports.ts';
import type { Known } from './known.ts';
import { type LookPorts, type Move, silentMove } from './looking.ts';

/** What becomes of a ledger. */
export interface LedgerMove {
  readonly after: Ledger;
  /** Of the inventory besides its ledger. */
  readonly changes: Partial<TrackedInventory>;
  readonly updatedAt: string;
  /** Why findings are archived. */
  readonly ending: string;
}

/** A ledger that was written, and the findings that it gives. */
export interface LedgerMoved extends Move {
  readonly archived: readonly FindingName[];
}

/**
 * Writes an inventory's next ledger, and the findings that tell of it. Ledgers that functions announced and died over count as told of:
 * what only they know is archived.
 */
export async function moveLedger(
  known: Known,
  { after, changes, updatedAt, ending }: LedgerMove,
  ports: LookPorts,
): Promise<LedgerMoved> {
  const { object, tracked, judging, packageChanges } = known;
  const { ledger: _ledger, packages: _packages, ...rest } = { ...tracked, ...changes };
  const { versionId } = rest.seen;
  const pointer = await pointerTo(after, known, { versionId, ports });
  const { type, tags } = judging;
  const scene = {
    ...{ place: object, type, versionId, updatedAt, ending },
    ...{ evidenceBucket: ports.evidenceBucket, ...(pointer && { ledger: pointer }) },
    ...(tags && { tags }),
  };
  const own = changeFindings(known.ledger, after, scene);
  const findings = new Map(own.findings.map((finding) => [finding.Id, finding]));
  for (const announced of tracked.announced?.ledgers ?? []) {
    if (announced.sha256 === pointer?.sha256) continue;
    const told = withSame(await ports.ledgers.read(announced), after);
    for (const finding of changeFindings(told, after, scene).findings) {
      if (!findings.has(finding.Id)) findings.set(finding.Id, finding);
    }
  }
  const { account, region } = object.key;
  const named = (id: string): FindingName => ({ id, account, region });
  const packages = newestPackageChange(packageChanges);
  const archived = own.findings.filter(({ RecordState }) => RecordState === 'ARCHIVED');
  return {
    ...silentMove({
      ...{ ...rest, rules: ports.rules.digest },
      ...(pointer && { ledger: pointer }),
      ...(packages !== undefined && { packages }),
    }),
    ...{ ledger: after, findings: [...findings.values()] },
    reopen: own.changedAgain.map(named),
    archived: archived.map(({ Id }) => named(Id)),
  };
}

/** Where the ledger lies; where it is the one before, that lies there already. */
async function pointerTo(
  after: Ledger,
  { object, tracked, ledger }: Known,
  { versionId, ports }: { readonly versionId: string; readonly ports: LookPorts },
): Promise<LedgerPointer | undefined> {
  if (after.size === 0) return undefined;
  const isSame =
    after.size === ledger.size &&
    [...after].every(([identity, entry]) => ledger.get(identity) === entry);
  if (isSame && tracked.ledger) return tracked.ledger;
  return ports.ledgers.write(object, versionId, [...after.values()]);
}

/** A ledger that was read, with those entries that another has just so as they are there. */
function withSame(entries: readonly LedgerEntry[], other: Ledger): Ledger {
  return ledgerOf(
    Array.from(entries, (entry) => {
      const same = other.get(entry.identity);
      return same && ledgerLines([same]) === ledgerLines([entry]) ? same : entry;
    }),
  );
}
