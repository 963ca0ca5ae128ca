import type { Entry } from './entry.ts';

/** What happened to a thing between two inventories of a node. */
export type ChangeKind = 'created' | 'modified' | 'deleted';

/**
 * One thing that differs between two inventories, with all entries of it on either side. Nearly always one entry on a side; more where
 * lines share an identity (several kernels of one name). Created: none before. Deleted: none after.
 */
export interface Change {
  readonly identity: string;
  readonly name: string;
  readonly before: readonly Entry[];
  readonly after: readonly Entry[];
  /** Where a line that names it is there and cannot be read: what it says of the thing is unknown, so that a missing entry is no deletion. */
  readonly unreadable?: 'before' | 'after' | 'both';
}

/**
 * Which kind of change it is. What could not be read is modified: it is there.
 *
 * @example
 * kindOf({ identity: '/etc/a', name: '/etc/a', before: [], after: [entry] }); // 'created'
 */
export function kindOf({
  before,
  after,
  unreadable,
}: Pick<Change, 'before' | 'after' | 'unreadable'>): ChangeKind {
  if (unreadable) return 'modified';
  if (before.length === 0) return 'created';
  return after.length === 0 ? 'deleted' : 'modified';
}
