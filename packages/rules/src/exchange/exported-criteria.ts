import { asffFields } from '../evaluate/asff-fields.ts';
import { hasOriginal } from '../evaluate/original.ts';
import type { AsffCriteria, CompositeFilter, Condition, OcsfCriteria } from '../model/condition.ts';
import type { EvaluationBasis } from '../model/rule.ts';

/** Criteria as an API takes them; or why there are none. */
export type ExportedCriteria<T> = { readonly criteria: T } | { readonly reason: string };

/** The 41 fields of automation rules; `evaluate` reads more. */
const v1Fields: ReadonlySet<string> = new Set([
  ...['AwsAccountId', 'AwsAccountName', 'CompanyName', 'ComplianceAssociatedStandardsId'],
  ...['ComplianceSecurityControlId', 'ComplianceStatus', 'Confidence', 'CreatedAt', 'Criticality'],
  ...['Description', 'FirstObservedAt', 'GeneratorId', 'Id', 'LastObservedAt', 'NoteText'],
  ...['NoteUpdatedAt', 'NoteUpdatedBy', 'ProductArn', 'ProductName', 'RecordState'],
  ...['RelatedFindingsId', 'RelatedFindingsProductArn', 'ResourceApplicationArn'],
  ...['ResourceApplicationName', 'ResourceDetailsOther', 'ResourceId', 'ResourceOwnerAccountId'],
  ...['ResourceOwnerOrgId', 'ResourcePartition', 'ResourceProvider', 'ResourceRegion'],
  ...['ResourceTags', 'ResourceType', 'SeverityLabel', 'SourceUrl', 'Title', 'Type', 'UpdatedAt'],
  ...['UserDefinedFields', 'VerificationState', 'WorkflowStatus'],
]);

const longest = 10;

/** Criteria of a rule of Security Hub CSPM: what the condition asks of ASFF findings. */
export function v1Criteria(
  condition: Condition,
  basis: EvaluationBasis,
): ExportedCriteria<AsffCriteria> {
  const parts = partsOf(condition, 'asff');
  if ('reason' in parts) return parts;
  const lists = parts.criteria.flatMap((part) => ('asff' in part ? [part.asff] : []));
  const names = lists.flatMap(Object.keys);
  const strange = names.find((name) => !v1Fields.has(name));
  if (strange !== undefined) return { reason: `automation rules have no field ${strange}` };
  if (new Set(names).size < names.length)
    return { reason: 'two criteria on one field, which have to hold at once' };
  const changed = names.find((name) => isChanged('asff', asffFields.get(name)?.path ?? '', basis));
  if (changed !== undefined) return { reason: currentOnly(changed) };
  return { criteria: Object.assign({}, ...lists) };
}

/** Criteria of a rule of Security Hub: what the condition asks of OCSF findings. */
export function v2Criteria(
  condition: Condition,
  basis: EvaluationBasis,
): ExportedCriteria<OcsfCriteria> {
  const parts = partsOf(condition, 'ocsf');
  if ('reason' in parts) return parts;
  const lists = parts.criteria.flatMap((part) => ('ocsf' in part ? [part.ocsf] : []));
  const changed = lists
    .flatMap(({ CompositeFilters = [] }) => CompositeFilters.flatMap(attributesOf))
    .find((name) => isChanged('ocsf', name, basis));
  if (changed !== undefined) return { reason: currentOnly(changed) };
  const [first, ...rest] = lists;
  if (first !== undefined && rest.length === 0) return { criteria: first };
  if (lists.some(({ CompositeOperator }) => CompositeOperator === 'OR'))
    return { reason: 'several composite filters joined by OR, all of which have to hold' };
  const CompositeFilters = lists.flatMap((list) => list.CompositeFilters ?? []);
  return CompositeFilters.length > longest
    ? { reason: `more than ${longest} composite filters` }
    : { criteria: { CompositeFilters, CompositeOperator: 'AND' } };
}

const foreign = { reason: 'asks nothing of findings of this format' };

/** Criteria of the format that all have to hold. What stands under `any` for another format does not matter to this one. */
function partsOf(
  condition: Condition,
  format: 'asff' | 'ocsf',
): ExportedCriteria<readonly Condition[]> {
  if (format in condition) return { criteria: [condition] };
  if ('asff' in condition || 'ocsf' in condition) return foreign;
  if ('all' in condition) {
    const parts = condition.all.map((part) => partsOf(part, format));
    const wrong = parts.find((part) => 'reason' in part);
    if (wrong !== undefined) return wrong;
    return { criteria: parts.flatMap((part) => ('criteria' in part ? part.criteria : [])) };
  }
  if ('any' in condition) {
    const parts = condition.any.map((part) => partsOf(part, format));
    const own = parts.filter((part) => part !== foreign);
    const [first = foreign, second] = own;
    return second === undefined ? first : { reason: 'any of several conditions' };
  }
  return { reason: `${Object.keys(condition)[0]} is a condition of Riposte` };
}

function attributesOf(composite: CompositeFilter): readonly string[] {
  const { NestedCompositeFilters = [], Operator: _, ...lists } = composite;
  const own = Object.values(lists).flatMap((filters) => filters.map(({ FieldName }) => FieldName));
  return [...own, ...NestedCompositeFilters.flatMap(attributesOf)];
}

/** AWS's rules read what the provider gave; this one reads what others have made of it. */
function isChanged(format: 'asff' | 'ocsf', path: string, basis: EvaluationBasis): boolean {
  return basis === 'current' && hasOriginal(format, path.split('.')[0] ?? '');
}

function currentOnly(field: string): string {
  return `${field} is read as it stands, which AWS’s rules cannot`;
}
