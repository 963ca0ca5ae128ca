import { cutText } from '@riposte/findings';
import type { Action, FindingUpdate } from '../model/action.ts';
import type { RuleMatch } from './rule-match.ts';

/** Security Hub's limit for the text of a note. @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_NoteUpdate.html */
const longestNote = 512;
const longestControl = 200;

/**
 * What matches change on a finding, together: the last one has the last word on each field, and on each user-defined field by its name.
 *
 * @returns An empty object where they change nothing.
 * @example
 * mergedUpdate(compiled.evaluate(finding, { now })); // { severity: 'HIGH' }
 */
export function mergedUpdate(matches: readonly RuleMatch[]): FindingUpdate {
  return together(matches.map(({ branch }) => updateOf(branch.then)));
}

/** What actions change on a finding; undefined where they change nothing. */
export function updateOf(actions: readonly Action[]): FindingUpdate | undefined {
  const updates = actions.map(updateOfAction).filter((update) => update !== undefined);
  const merged = together(updates);
  return Object.keys(merged).length > 0 ? merged : undefined;
}

/** Several updates as one. */
export function together(updates: readonly (FindingUpdate | undefined)[]): FindingUpdate {
  const fields = updates
    .map((update) => update?.userDefinedFields)
    .filter((map) => map !== undefined);
  const merged: FindingUpdate = Object.assign({}, ...updates);
  return fields.length === 0
    ? merged
    : { ...merged, userDefinedFields: Object.assign({}, ...fields) };
}

function updateOfAction(action: Action): FindingUpdate | undefined {
  if ('update' in action) return action.update;
  return 'suppress' in action ? suppression(action.suppress) : undefined;
}

/**
 * The update of a `suppress` action: workflow SUPPRESSED, and a note with the reason that names the control that compensates.
 *
 * @example
 * suppression({ reason: 'Public by design', control: 'WAF-7' }).note; // 'Public by design (compensating control: WAF-7)'
 */
export function suppression({
  reason,
  control,
}: {
  readonly reason: string;
  readonly control?: string;
}): FindingUpdate {
  const named = control ? ` (compensating control: ${cutText(control, longestControl)})` : '';
  return { workflow: 'SUPPRESSED', note: cutText(reason, longestNote - named.length) + named };
}
