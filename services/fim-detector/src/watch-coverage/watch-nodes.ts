import { type InventoryKey, trackedId } from '@riposte/inventory';
import type { InventoryObject, TrackedInventories } from '../ports.ts';
import type { Observation } from './tell-problems.ts';
import type { WatchedProblem, WatchedSubject } from './watched-problem.ts';

/** A node that Systems Manager manages in this account and Region. */
export interface ManagedNode {
  readonly node: string;
  /** `Online`, `ConnectionLost` or `Inactive`. */
  readonly ping: string;
  readonly lastPingAt?: string;
  /** Whether one of its associations has failed or was skipped, of whatever kind. */
  readonly hasFailures: boolean;
}

/** An association of a node that gathers inventory and does not. */
export interface FailedAssociation {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** Anybody's text. */
  readonly detail: string;
  readonly at?: string;
}

export interface ManagedNodes {
  /** Page by page. */
  pages(): AsyncIterable<readonly ManagedNode[]>;
  /** Inventory associations of a node whose last run failed or was skipped. */
  failedAssociations(node: string): Promise<readonly FailedAssociation[]>;
}

/** What watching nodes needs. */
export interface NodePorts {
  readonly nodes: ManagedNodes;
  readonly tracked: Pick<TrackedInventories, 'read'>;
  readonly timeLeft: () => number;
}

/** Where nodes are, and where their inventories go. */
export interface NodePlace {
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  readonly prefix: string;
  /** Milliseconds that a new node has for its first inventory. */
  readonly grace: number;
}

/** Kept for what comes after, in milliseconds. */
const reserve = 60_000;

/**
 * Nodes that Systems Manager knows and that never sent an inventory of files, and nodes whose inventory association fails. Where the time does not
 * suffice for all of them, the rest is left for the next run.
 */
export async function watchNodes(
  { nodes, tracked, timeLeft }: NodePorts,
  place: NodePlace,
): Promise<Observation & { readonly isWhole: boolean }> {
  const found: WatchedProblem[] = [];
  const looked = new Set<string>();
  let isWhole = true;
  for await (const page of nodes.pages()) {
    if (timeLeft() < reserve) {
      isWhole = false;
      break;
    }
    const known = await tracked.read(page.map(({ node }) => objectOf(node, place)));
    for (const one of page) {
      if (!known.has(trackedId(objectOf(one.node, place)))) found.push(silentNode(one, place));
      if (one.hasFailures)
        found.push(
          ...associationProblems(one.node, await nodes.failedAssociations(one.node), place),
        );
      looked.add(one.node);
    }
  }
  return {
    found,
    isWhole,
    // A node that is not known any more has no problems; that it is not known is certain once all were seen.
    judges: ({ subject }) =>
      subject.kind === 'node' &&
      subject.account === place.account &&
      subject.region === place.region &&
      (isWhole || looked.has(subject.name)),
  };
}

function objectOf(node: string, { bucket, prefix, account, region }: NodePlace): InventoryObject {
  const key: InventoryKey = { prefix, type: 'AWS:File', account, region, node };
  return { bucket, key };
}

/** A node as what a problem is about. */
export function nodeSubject(
  node: string,
  { account, region }: Pick<NodePlace, 'account' | 'region'>,
): WatchedSubject {
  return { kind: 'node', account, region, name: node };
}

function silentNode({ node, ping, lastPingAt }: ManagedNode, place: NodePlace): WatchedProblem {
  return {
    subject: nodeSubject(node, place),
    problem: 'not-reporting',
    details: {
      'last inventory': 'never',
      ping,
      ...(lastPingAt !== undefined && { 'last ping': lastPingAt }),
    },
    grace: place.grace,
  };
}

/** At most one problem a node: the first association says why. */
export function associationProblems(
  node: string,
  failed: readonly FailedAssociation[],
  place: Pick<NodePlace, 'account' | 'region'>,
): readonly WatchedProblem[] {
  const [first] = failed;
  if (!first) return [];
  const { id, name, status, detail, at } = first;
  const details = {
    ...{ association: id, document: name, status, detail },
    ...(at !== undefined && { 'last run': at }),
  };
  return [{ subject: nodeSubject(node, place), problem: 'association-failed', details }];
}
