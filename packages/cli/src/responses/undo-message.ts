import {
  escapeText,
  type ResponseMessage,
  type ResponseRecord,
  toAsciiSubject,
} from '@riposte/findings';
import { resourceName } from './list-responses.ts';

/**
 * What people on the alerts topic read when somebody takes a response back.
 *
 * @param done what was done, e.g. `trail main was stopped again by a person`.
 */
export function undoMessage(record: ResponseRecord, done: string, stage: string): ResponseMessage {
  const { id, kind, status, resource, approver = 'somebody', verification } = record;
  const isUndone = status === 'undone';
  const word = isUndone ? 'UNDONE' : 'UNDO NOT PROVEN';
  const name = escapeText(resourceName(resource.arn), 128);
  const body = [
    `${escapeText(done, 200)}${isUndone ? '' : ' (not proven)'}: a response of Riposte was taken back.`,
    `By: ${escapeText(approver, 300)}`,
    `Resource: ${escapeText(resource.arn, 300)}`,
    `Read back: ${escapeText(verification?.evidence ?? 'nothing', 300)}`,
    `Incident: ${id} (stage ${stage})`,
    '',
    'If you do not know of this, treat it as an attack: somebody used the permissions of an operator of Riposte.',
    `Everything about it: riposte responses show ${id} --stage ${stage}`,
  ].join('\n');
  return {
    subject: toAsciiSubject(
      `[Riposte] ${word}: ${done} (${resource.accountId}, ${resource.region})`,
    ),
    body: `${body}\n`,
    attributes: {
      service: record.service,
      kind,
      status,
      severity: 'high',
      account: resource.accountId,
      region: resource.region,
      [resource.type === 'AWS::CloudTrail::Trail' ? 'trail' : 'resource']: name,
      incident: id,
    },
  };
}
