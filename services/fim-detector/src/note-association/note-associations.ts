import { at, MalformedEventError, textOf } from '@riposte/findings';
import type { Failures, QueueMessage } from '@riposte/lambda';
import type { Observation } from '../watch-coverage/tell-problems.ts';
import {
  associationProblems,
  type ManagedNodes,
  type NodePlace,
} from '../watch-coverage/watch-nodes.ts';
import type { WatchedProblem } from '../watch-coverage/watched-problem.ts';

/** What noting needs. */
export interface AssociationPorts {
  readonly nodes: Pick<ManagedNodes, 'failedAssociations'>;
  readonly tell: (observation: Observation) => Promise<number>;
  readonly place: Pick<NodePlace, 'account' | 'region'>;
}

/**
 * Hears that an association of a node has changed, asks Systems Manager how it stands, and tells at once of one that gathers inventory and does
 * not, or that it does again. What the event claims is believed by nothing.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ssm.html
 */
export function noteAssociations({
  nodes,
  tell,
  place,
}: AssociationPorts): (messages: readonly QueueMessage[]) => Promise<Failures> {
  return async (messages) => {
    const failures = new Map<string, unknown>();
    const byNode = Map.groupBy(messages, ({ body }) => nodeOf(body));
    for (const { id } of byNode.get(undefined) ?? [])
      failures.set(id, new MalformedEventError('detail.instance-id'));
    const found: WatchedProblem[] = [];
    const looked = new Map<string, readonly QueueMessage[]>();
    for (const [node, some] of byNode) {
      if (node === undefined) continue;
      try {
        found.push(...associationProblems(node, await nodes.failedAssociations(node), place));
        looked.set(node, some);
      } catch (failure) {
        failAll(some, failure, failures);
      }
    }
    try {
      await tell({ found, judges: judging(looked) });
    } catch (failure) {
      failAll([...looked.values()].flat(), failure, failures);
    }
    return failures;
  };
}

function failAll(
  messages: readonly QueueMessage[],
  failure: unknown,
  failures: Map<string, unknown>,
): void {
  for (const { id } of messages) failures.set(id, failure);
}

/** Problems of associations of the nodes that were asked about. */
function judging(looked: ReadonlyMap<string, unknown>): Observation['judges'] {
  return ({ problem, subject: { kind, name } }) =>
    problem === 'association-failed' && kind === 'node' && looked.has(name);
}

const nodeId = /^(i-(\w{8}|\w{17})|mi-\w{17})$/;

function nodeOf(event: unknown): string | undefined {
  const node = textOf(at(event, 'detail', 'instance-id'));
  return node !== undefined && nodeId.test(node) ? node : undefined;
}
