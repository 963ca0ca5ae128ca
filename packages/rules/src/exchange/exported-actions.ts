import { fieldsNotTaken } from '../evaluate/fields-not-taken.ts';
import { together, updateOf } from '../evaluate/merged-update.ts';
import { ocsfSeverities, ocsfStatuses } from '../evaluate/ocsf-values.ts';
import type { Action, FindingUpdate } from '../model/action.ts';

/** Who the notes of exported rules are by: V1 asks for somebody. */
export const author = 'riposte';

/** Actions as an API writes them, and what of a rule it cannot do. */
export interface ExportedActions {
  /** Absent where it can do nothing of it. */
  readonly actions?: readonly unknown[];
  readonly left: readonly string[];
}

/** Actions of a rule of Security Hub CSPM. */
export function v1ActionsOf(then: readonly Action[]): ExportedActions {
  const { update, left } = updateFrom(then);
  return exported(left, {
    Severity: update.severity && { Label: update.severity },
    Workflow: update.workflow && { Status: update.workflow },
    Note: update.note === undefined ? undefined : { Text: update.note, UpdatedBy: author },
    Confidence: update.confidence,
    Criticality: update.criticality,
    VerificationState: update.verificationState,
    Types: update.types,
    UserDefinedFields: update.userDefinedFields,
    RelatedFindings: update.relatedFindings,
  });
}

/** Actions of a rule of Security Hub, which sets severity, status and comment only. */
export function v2ActionsOf(then: readonly Action[]): ExportedActions {
  const { update, left } = updateFrom(then);
  const { severity, workflow, note } = update;
  const untaken = fieldsNotTaken(update, 'ocsf').map((field) => `${field} has no place in OCSF`);
  return exported([...left, ...untaken], {
    SeverityId: severity && ocsfSeverities[severity][0],
    StatusId: workflow && ocsfStatuses[workflow][0],
    Comment: note,
  });
}

function exported(
  left: readonly string[],
  fields: Readonly<Record<string, unknown>>,
): ExportedActions {
  const members = Object.entries(fields).filter(([, value]) => value !== undefined);
  if (members.length === 0) return { left };
  const FindingFieldsUpdate = Object.fromEntries(members);
  return { left, actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate }] };
}

/** What the actions change, together, with texts as AWS writes them; and the other actions, which stay here. */
function updateFrom(then: readonly Action[]): {
  readonly update: FindingUpdate;
  readonly left: readonly string[];
} {
  const { note, ...update } = together([updateOf(then)]);
  const left = then
    .filter((action) => !('update' in action || 'suppress' in action))
    .map((action) => `${Object.keys(action)[0]} is an action of Riposte`);
  if (note === undefined) return { update, left };
  const text = plainText(note);
  return text === undefined
    ? { update, left: [...left, 'the note is a template, which AWS does not fill in'] }
    : { update: { ...update, note: text }, left };
}

/** A text that Liquid leaves as it is; undefined where it is a template. */
function plainText(template: string): string | undefined {
  const raw = /^\{% raw %\}(.*)\{% endraw %\}$/s.exec(template)?.[1];
  if (raw !== undefined) return raw;
  return /\{\{|\{%/.test(template) ? undefined : template;
}
