import type { Finding } from '@riposte/findings';
import { type FindingUpdate, fieldsNotTaken } from '@riposte/rules';

/** A field that an update names, as it is and as it would be. */
export interface FieldDifference {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

type Read = (finding: Finding) => unknown;

const upper = (text: string) => text.toUpperCase();

const readers: Readonly<Record<Exclude<keyof FindingUpdate, 'userDefinedFields'>, Read>> = {
  severity: ({ severity }) => upper(severity),
  workflow: ({ workflowStatus }) => workflowStatus,
  note: ({ note }) => note?.text,
  confidence: ({ raw }) => raw.Confidence,
  criticality: ({ raw }) => raw.Criticality,
  verificationState: ({ raw }) => raw.VerificationState,
  types: ({ types }) => types,
  relatedFindings: ({ raw }) => raw.RelatedFindings,
};

/** How each field that an update names differs between a finding and what it becomes; fields that stay are left out. */
export function changesOf(
  update: FindingUpdate,
  before: Finding,
  after: Finding,
): readonly FieldDifference[] {
  const refused = fieldsNotTaken(update, before.format);
  const plain = Object.entries(readers)
    .filter(([field]) => Object.hasOwn(update, field) && !refused.includes(field))
    .map(([field, read]) => ({ field, before: shown(read(before)), after: shown(read(after)) }));
  const own = refused.includes('userDefinedFields') ? {} : (update.userDefinedFields ?? {});
  const named = Object.keys(own).map((name) => ({
    field: `userDefinedFields.${name}`,
    before: shown(ownField(before, name)),
    after: shown(ownField(after, name)),
  }));
  return [...plain, ...named].filter((change) => change.before !== change.after);
}

function ownField({ raw }: Finding, name: string): unknown {
  const fields = raw.UserDefinedFields;
  const has = typeof fields === 'object' && fields !== null && Object.hasOwn(fields, name);
  return has ? Reflect.get(fields, name) : undefined;
}

function shown(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
