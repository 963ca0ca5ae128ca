import { ocsfSeverities, ocsfStatuses } from '../evaluate/ocsf-values.ts';
import { labelOfScore } from '../evaluate/original.ts';
import { author } from './exported-actions.ts';
import { type FieldsUpdate, v1Actions } from './v1-shapes.ts';
import { type V2FieldsUpdate, v2Actions } from './v2-shapes.ts';

/** Actions of an AWS rule as a rule file says them, and what it cannot say. */
export interface ImportedActions {
  readonly then: readonly Readonly<Record<string, unknown>>[];
  readonly notes: readonly string[];
  /** Whether export makes the same actions of it. */
  readonly complete: boolean;
}

/** What a rule of Security Hub CSPM does. A score without a label gets the label that AWS gives it. */
export function v1Then(actions: unknown): ImportedActions {
  const read = v1Actions.safeParse(actions);
  const update = read.data?.[0]?.FindingFieldsUpdate ?? {};
  const { Severity, Workflow, Note } = update;
  const score = Severity?.Normalized;
  const label = Severity?.Label ?? (score === undefined ? undefined : labelOfScore(score));
  const notes = [
    ...(Severity?.Label === undefined && score !== undefined
      ? [`severity score ${score} is read as ${label}`]
      : []),
    ...(Severity?.Product === undefined ? [] : ['the product’s severity score is not set']),
  ];
  const then = actionOf({
    severity: label,
    workflow: Workflow?.Status,
    note: Note === undefined ? undefined : verbatim(Note.Text),
    ...restOf(update),
  });
  const signed = Note === undefined || Note.UpdatedBy === author;
  const plain = Severity === undefined || Object.keys(Severity).join() === 'Label';
  return { notes, then, complete: signed && plain && isUpdate(read.data ?? [], then) };
}

function isUpdate(
  actions: readonly { readonly Type?: string }[],
  then: ImportedActions['then'],
): boolean {
  return actions.length === 1 && actions[0]?.Type === 'FINDING_FIELDS_UPDATE' && then.length > 0;
}

function restOf(update: FieldsUpdate): Readonly<Record<string, unknown>> {
  return {
    confidence: update.Confidence,
    criticality: update.Criticality,
    verificationState: update.VerificationState,
    types: update.Types,
    userDefinedFields: update.UserDefinedFields,
    relatedFindings: update.RelatedFindings,
  };
}

/** What a rule of Security Hub does. Ids that ASFF has no word for, and tickets through a connector, are noted. */
export function v2Then(actions: unknown): ImportedActions {
  const read = v2Actions.safeParse(actions).data ?? [];
  const action = read[0];
  const { SeverityId, StatusId, Comment }: V2FieldsUpdate = action?.FindingFieldsUpdate ?? {};
  const severity = labelWith(SeverityId, ocsfSeverities);
  const workflow = labelWith(StatusId, ocsfStatuses);
  const connector = action?.ExternalIntegrationConfiguration?.ConnectorArn;
  const notes = [
    ...(SeverityId !== undefined && !severity ? [`SeverityId ${SeverityId} is not set`] : []),
    ...(StatusId !== undefined && !workflow ? [`StatusId ${StatusId} is not set`] : []),
    ...(connector === undefined
      ? []
      : [`tickets through the connector ${connector} stay with Security Hub; use ticket instead`]),
  ];
  const note = Comment === undefined ? undefined : verbatim(Comment);
  const then = actionOf({ severity, workflow, note });
  return { notes, then, complete: notes.length === 0 && isUpdate(read, then) };
}

function actionOf(update: Readonly<Record<string, unknown>>): ImportedActions['then'] {
  const members = Object.entries(update).filter(([, value]) => value !== undefined);
  return members.length === 0 ? [] : [{ update: Object.fromEntries(members) }];
}

/** ASFF's word for what has this number in OCSF. */
function labelWith(
  id: number | undefined,
  values: Readonly<Record<string, readonly [id: number, name: string]>>,
): string | undefined {
  return Object.keys(values).find((label) => values[label]?.[0] === id);
}

/** AWS renders no templates: what looks like one is text. */
function verbatim(text: string): string {
  return /\{\{|\{%/.test(text) ? `{% raw %}${text}{% endraw %}` : text;
}
