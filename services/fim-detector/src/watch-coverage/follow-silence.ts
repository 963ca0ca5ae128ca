import {
  type CoverageTelling,
  coverageFinding,
  formatInventoryKey,
  type TrackedInventory,
  trackedId,
} from '@riposte/inventory';
import type { Clock } from '@riposte/responses';
import type { FindingImports, InventoryObject } from '../ports.ts';
import { capturedAt, silenceOf } from './silence.ts';

/** What Systems Manager says of a node: `Active`, `ConnectionLost`, `Stopped`, `Terminated`. */
export interface NodeStatus {
  readonly status: string;
}

export interface NodeStatuses {
  /** Of the node of an inventory, as its own inventory in the bucket says; undefined: there is none. */
  read(object: InventoryObject): Promise<NodeStatus | undefined>;
}

/** A silent node that is terminated: what was told of that. */
export interface EndedNode {
  readonly id: string;
  /** The silence that it ended in. */
  readonly since: string;
  /** When it was told that the node is terminated. */
  readonly toldAt: string;
  /** When its finding was archived. */
  readonly archivedAt?: string;
}

export interface EndedNodes {
  /** By id of the inventory. */
  read(ids: readonly string[]): Promise<ReadonlyMap<string, EndedNode>>;
  write(nodes: readonly EndedNode[]): Promise<void>;
}

/** What following silent nodes needs. */
export interface FollowPorts {
  readonly statuses: NodeStatuses;
  readonly ended: EndedNodes;
  readonly imports: Pick<FindingImports, 'import'>;
  readonly clock: Clock;
  /** Milliseconds for which the finding about a terminated node stays. */
  readonly retention: number;
}

/** So many runs pass until a silent node's status is read again. */
const rounds = 8;
const runEvery = 15 * 60_000;

/**
 * Follows nodes that are known to be silent: one that is terminated is told of as such, once, and archived after a while: it will not come
 * back. Each is asked about in one of eight runs.
 *
 * @returns how many findings were handed in.
 */
export function followSilence(ports: FollowPorts) {
  const { statuses, ended, imports, clock, retention } = ports;
  return async (silent: readonly TrackedInventory[]): Promise<number> => {
    const now = clock();
    const held = await ended.read(silent.map(trackedId));
    const moves: { readonly telling: CoverageTelling; readonly next: EndedNode }[] = [];
    for (const one of silent) {
      const before = held.get(trackedId(one));
      const known = before?.since === capturedAt(one) ? before : undefined;
      if (!known && isTurnOf(one, now) && (await statuses.read(one))?.status === 'Terminated')
        moves.push(endOf(one, now));
      else if (known && !known.archivedAt && now.getTime() - Date.parse(known.since) > retention)
        moves.push(archiveOf(one, known, now));
    }
    if (moves.length === 0) return 0;
    await imports.import(moves.map(({ telling }) => coverageFinding(telling)));
    await ended.write(moves.map(({ next }) => next));
    return moves.length;
  };
}

function isTurnOf(one: TrackedInventory, now: Date): boolean {
  const digits = formatInventoryKey(one.key)
    .split('')
    .reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  return digits % rounds === Math.floor(now.getTime() / runEvery) % rounds;
}

function endOf(one: TrackedInventory, now: Date) {
  const at = now.toISOString();
  return {
    telling: silenceOf(one, at, { details: { 'node status': 'Terminated' } }),
    next: { id: trackedId(one), since: capturedAt(one), toldAt: at },
  };
}

function archiveOf(one: TrackedInventory, known: EndedNode, now: Date) {
  const at = now.toISOString();
  return {
    telling: silenceOf(one, at, { isOver: true, details: { 'node status': 'Terminated' } }),
    next: { ...known, archivedAt: at },
  };
}
