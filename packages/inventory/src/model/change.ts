import type { Entry } from './entry.ts';

/** What happened to a thing between two inventories of a node. */
export type ChangeKind = 'created' | 'modified' | 'deleted';

/**
 * One thing that differs between two inventories. Nearly always one entry on a side; more where lines share an identity (several
 * kernels of one name). Created: none before. Deleted: none after.
 */
export interface Change {
  readonly identity: string;
  readonly name: string;
  readonly before: readonly Entry[];
  readonly after: readonly Entry[];
}

/**
 * Which kind of change it is.
 *
 * @example
 * kindOf({ identity: '/etc/a', name: '/etc/a', before: [], after: [entry] }); // 'created'
 */
export function kindOf({ before, after }: Pick<Change, 'before' | 'after'>): ChangeKind {
  if (before.length === 0) return 'created';
  return after.length === 0 ? 'deleted' : 'modified';
}
