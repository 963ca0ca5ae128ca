import {
  escapeText,
  type ResponseMessage,
  type ResponseRecord,
  toAsciiSubject,
} from '@riposte/findings';
import type { ChangeKind } from './recorded-change.ts';

const words: Readonly<Record<ChangeKind, (name: string) => string>> = {
  'resource-tagged': (name) => `tags were not set on ${name}`,
  'automation-started': (name) => `an automation document was not started for ${name}`,
};

/** What people on the alerts topic read of a change that failed; text of others stays on its line. */
export function failureMessage(
  kind: ChangeKind,
  record: Omit<ResponseRecord, 'message'>,
  stage: string,
): ResponseMessage {
  const { id, resource, finding, trigger, plan, reason = '', status } = record;
  const name = escapeText(resource.arn.split(/[/:]/).at(-1) || resource.arn, 128);
  const what = words[kind](name);
  const lines = [
    `A rule wanted it, and ${what}.`,
    `Why: ${escapeText(reason, 600)}`,
    `Rule: ${escapeText(trigger.eventName ?? '', 200)}`,
    `Resource: ${escapeText(resource.arn, 300)}`,
    `Finding: ${escapeText(finding?.id ?? '', 300)}`,
    ...plan.map(({ operation, what: which }) => `Wanted: ${operation}: ${escapeText(which, 200)}`),
    '',
    'Mend the reason, then try it again from the dead letters:',
    `  riposte deliveries redrive --function act --stage ${stage}`,
    `Everything about it: riposte responses show ${id} --stage ${stage}`,
  ];
  const { accountId, region } = resource;
  return {
    subject: toAsciiSubject(`[Riposte] FAILED: ${what} (${accountId}, ${region})`),
    body: `${lines.join('\n')}\n`,
    attributes: {
      service: record.service,
      kind,
      status,
      severity: 'high',
      account: accountId,
      region,
      resource: name,
      incident: id,
    },
  };
}
