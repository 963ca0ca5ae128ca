import { type ResponseRecord, recordId } from '@riposte/findings';
import type { Decision } from '@riposte/responses';
import type { ActionCommand } from '../action-command.ts';
import type { Planned, RecordedChange } from './recorded-change.ts';

/** The name under which this service signs its records. */
export const serviceName = 'finding-router';

/** The id of what a command changes on a resource: the same however often it comes. */
export function changeId({ kind, resource }: RecordedChange, { id }: ActionCommand): string {
  return recordId(kind, resource.arn, id);
}

const nothingToUndo: ResponseRecord['undo'] = {
  possible: false,
  how: 'Nothing was changed, so there is nothing to undo.',
};

/** The record that claims a change: revision 0, nothing written yet. */
export function claimOf(
  change: RecordedChange,
  { command, decision, planned }: Claiming,
  now: Date,
): ResponseRecord {
  const { format, id, productArn, accountId, region } = command.finding;
  const { mode, reason } = decision;
  const isDone = mode === 'enforce';
  return {
    schemaVersion: 1,
    id: changeId(change, command),
    service: serviceName,
    kind: change.kind,
    status: 'claimed',
    ...(!isDone && { tells: withheldStatus(decision) }),
    revision: 0,
    mode,
    trigger: {
      path: 'rule',
      eventId: command.id,
      eventName: command.rule,
      receivedAt: command.at,
    },
    finding: { format, id, ...(productArn !== undefined && { productArn }), accountId, region },
    resource: change.resource,
    calls: [],
    ...planned,
    ...(reason !== undefined && { reason }),
    undo: isDone ? planned.undo : nothingToUndo,
    times: { claimed: now.toISOString() },
  };
}

interface Claiming {
  readonly command: ActionCommand;
  readonly decision: Decision;
  readonly planned: Planned;
}

/** How a change ends that is withheld: with its plan, or told only. */
export function withheldStatus({ mode }: Decision): 'planned' | 'told' {
  return mode === 'dry-run' ? 'planned' : 'told';
}
