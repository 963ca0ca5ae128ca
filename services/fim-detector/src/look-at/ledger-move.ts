import {
  changeFindings,
  inventoryType,
  type Ledger,
  type LedgerPointer,
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
  { object, tracked, ledger, packageChanges }: Known,
  { after, changes, updatedAt, ending }: LedgerMove,
  { ledgers, rules, evidenceBucket }: LookPorts,
): Promise<LedgerMoved> {
  const { ledger: _old, packages: _packages, ...rest } = { ...tracked, ...changes };
  const versionId = rest.seen.versionId;
  const pointer =
    after.size === 0 ? undefined : await ledgerPointer(after, ledger, { tracked, versionId });
  const scene = {
    ...{ place: object, type: inventoryType(object.key.type), versionId, updatedAt, ending },
    ...{ evidenceBucket, ...(pointer && { ledger: pointer }) },
  };
  const told = [ledger];
  for (const announced of tracked.announced?.ledgers ?? []) {
    if (announced.sha256 === pointer?.sha256) continue;
    told.push(ledgerOf(await ledgers.read(announced)));
  }
  const all = told.map((before) => changeFindings(before, after, scene));
  const findings = new Map(
    all.flatMap((one) => one.findings.map((finding) => [finding.Id, finding] as const)),
  );
  const named = (id: string): FindingName => ({
    id,
    account: object.key.account,
    region: object.key.region,
  });
  const packages = newestPackageChange(packageChanges);
  const archived = [...findings.values()].filter(({ RecordState }) => RecordState === 'ARCHIVED');
  return {
    ...silentMove({
      ...rest,
      rules: rules.digest,
      ...(pointer && { ledger: pointer }),
      ...(packages !== undefined && { packages }),
    }),
    findings: [...findings.values()],
    reopen: (all[0]?.changedAgain ?? []).map(named),
    archived: archived.map(({ Id }) => named(Id)),
  };

  function ledgerPointer(
    next: Ledger,
    before: Ledger,
    {
      tracked: { ledger: old },
      versionId: version,
    }: { tracked: TrackedInventory; versionId: string },
  ): Promise<LedgerPointer> {
    if (next === before && old) return Promise.resolve(old);
    return ledgers.write(object, version, [...next.values()]);
  }
}
