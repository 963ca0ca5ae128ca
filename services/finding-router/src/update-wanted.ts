import { appendNote, escapeText } from '@riposte/findings';
import type { FindingUpdate, SeverityLabel, WorkflowStatus } from '@riposte/rules';

/** How a finding stands in Security Hub now; for OCSF in ASFF's words. */
export interface Current {
  readonly severity?: string;
  readonly workflow?: string;
  readonly note?: string;
  readonly noteBy?: string;
  readonly userDefinedFields: Readonly<Record<string, string>>;
  readonly confidence?: number;
  readonly criticality?: number;
  readonly verificationState?: string;
  readonly types: readonly string[];
}

/** One update as it is written: only what differs from how the finding stands. */
export interface HubUpdate {
  readonly severity?: SeverityLabel;
  readonly workflow?: WorkflowStatus;
  readonly note?: string;
  readonly userDefinedFields?: Readonly<Record<string, string>>;
  readonly confidence?: number;
  readonly criticality?: number;
  readonly verificationState?: FindingUpdate['verificationState'];
  readonly types?: readonly string[];
  readonly relatedFindings?: FindingUpdate['relatedFindings'];
}

const decided = new Set(['SUPPRESSED', 'RESOLVED']);

/**
 * What is written for one finding; undefined where it stands as wanted already. A finding that somebody has suppressed or resolved is not opened
 * again by a rule, an analyst's note stays in front of Riposte's, and fields that others set stay.
 */
export function updateFor(
  { update, rules }: { readonly update: FindingUpdate; readonly rules: readonly string[] },
  current: Current,
): HubUpdate | undefined {
  const { severity, workflow, note, userDefinedFields, confidence, criticality } = update;
  const { verificationState, types, relatedFindings } = update;
  const mayMove = !decided.has(current.workflow ?? '') || decided.has(workflow ?? '');
  const held = { text: current.note, updatedBy: current.noteBy };
  const own = escapeText(`${note} (${rules.join(', ')})`, 300);
  const fields = userDefinedFields && { ...current.userDefinedFields, ...userDefinedFields };
  const wanted: HubUpdate = {
    ...differs({ severity }, current),
    ...(mayMove && differs({ workflow }, current)),
    ...(note !== undefined && differs({ note: appendNote(held, own) }, current)),
    ...differs({ confidence }, current),
    ...differs({ criticality }, current),
    ...differs({ verificationState }, current),
    ...(fields && !holds(current.userDefinedFields, fields) && { userDefinedFields: fields }),
    ...(types?.some((type) => !current.types.includes(type)) && { types }),
    ...(relatedFindings && { relatedFindings }),
  };
  return Object.keys(wanted).length > 0 ? wanted : undefined;
}

/** Those members that are wanted and stand otherwise. */
function differs<T extends object>(
  wanted: T,
  current: object,
): Partial<{ [K in keyof T]: NonNullable<T[K]> }> {
  const changed: Partial<{ [K in keyof T]: NonNullable<T[K]> }> = {};
  for (const name in wanted) {
    const value = wanted[name];
    if (value !== undefined && value !== null && Reflect.get(current, name) !== value)
      changed[name] = value;
  }
  return changed;
}

function holds(held: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>) {
  return Object.entries(wanted).every(([name, value]) => held[name] === value);
}
