import type { LedgerEntry } from '../model/ledger-entry.ts';

/** Between which two inventories packages of a node changed; ISO 8601. */
export interface PackageChange {
  readonly from: string;
  readonly to: string;
}

/** So many are remembered. */
export const mostPackageChanges = 20;

/** Package changes with one more: the newest twenty, oldest first. */
export function withPackageChange(
  changes: readonly PackageChange[],
  change: PackageChange,
): readonly PackageChange[] {
  return [...changes, change].slice(-mostPackageChanges);
}

/** The end of the newest of them. */
export function newestPackageChange(changes: readonly PackageChange[]): string | undefined {
  return changes.reduce<string | undefined>(
    (newest, { to }) => (newest === undefined || to > newest ? to : newest),
    undefined,
  );
}

/** Whether packages changed while a thing did. */
export function changedWithPackages(
  { since, last }: Pick<LedgerEntry, 'since' | 'last'>,
  changes: readonly PackageChange[],
): boolean {
  return changes.some(
    ({ from, to }) =>
      Date.parse(from) < Date.parse(last.at) && Date.parse(since.from.at) < Date.parse(to),
  );
}
