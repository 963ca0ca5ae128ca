import { type Change, kindOf } from '../model/change.ts';
import type { InventoryType } from '../model/inventory-type.ts';
import type { Signal } from '../model/signal.ts';

/** So many things gone at once are a mass deletion whatever there was; from a tenth of that on, where they were a quarter of it. */
export const massDeletion = { atOnce: 100, atLeast: 10, share: 1 / 4 } as const;

/** A folder that held so many files is missed when it is gone; of a single one, its own deletion says all. */
export const leastInFolder = 2;

/** What is gone together. */
export interface Deletions {
  /** Identities of things that went in a mass deletion. */
  readonly inMass: ReadonlySet<string>;
  /** Folders of which at least two files went; whether files are left in them, the inventory says. */
  readonly folders: ReadonlyMap<string, readonly string[]>;
}

/**
 * What went at once in one step.
 *
 * @param lines how many there were before.
 */
export function deletionsOf(
  changes: readonly Change[],
  { lines, type }: { readonly lines: number; readonly type: InventoryType },
): Deletions {
  const gone = changes.filter((change) => kindOf(change) === 'deleted');
  const { atOnce, atLeast, share } = massDeletion;
  const isMass = gone.length >= atOnce || (gone.length >= atLeast && gone.length >= lines * share);
  const byFolder = Map.groupBy(type.name === 'AWS:File' ? gone : [], ({ identity }) =>
    folderOf(identity),
  );
  const folders = [...byFolder].flatMap(([folder, files]) =>
    folder !== undefined && files.length >= leastInFolder
      ? [[folder, files.map(({ identity }) => identity)] as const]
      : [],
  );
  return {
    inMass: new Set(isMass ? gone.map(({ identity }) => identity) : []),
    folders: new Map(folders),
  };
}

/** The folder of a path, as its identity has it; undefined where it has none. */
export function folderOf(identity: string): string | undefined {
  const end = Math.max(identity.lastIndexOf('/'), identity.lastIndexOf('\\'));
  return end < 0 ? undefined : identity.slice(0, end + 1);
}

/**
 * Signals of things that went together, by identity.
 *
 * @param left of `deletions.folders`, those that files are left in.
 */
export function deletionSignals(
  { inMass, folders }: Deletions,
  left: ReadonlySet<string>,
): ReadonlyMap<string, readonly Signal[]> {
  const signals = new Map<string, Signal[]>();
  const add = (identity: string, signal: Signal) =>
    signals.set(identity, [...(signals.get(identity) ?? []), signal]);
  for (const identity of inMass) add(identity, 'mass-deletion');
  for (const [folder, files] of folders) {
    if (!left.has(folder)) for (const identity of files) add(identity, 'folder-gone');
  }
  return signals;
}
