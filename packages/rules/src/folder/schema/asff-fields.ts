/** How the filters of a field compare. */
export type AsffKind = 'string' | 'number' | 'date' | 'map' | 'keyword';

const texts = [
  'ProductArn',
  'Id',
  'Description',
  'SourceUrl',
  'ProductName',
  'CompanyName',
  'VerificationState',
  'RecordState',
  'AwsAccountName',
  'AwsAccountId',
  'GeneratorId',
  'Title',
  'Type',
  'SeverityLabel',
  'WorkflowStatus',
  'ResourceId',
  'ResourceType',
  'ResourcePartition',
  'ResourceRegion',
  'ResourceApplicationArn',
  'ResourceApplicationName',
  'ComplianceStatus',
  'ComplianceSecurityControlId',
  'ComplianceAssociatedStandardsId',
  'RelatedFindingsProductArn',
  'RelatedFindingsId',
  'NoteText',
  'NoteUpdatedBy',
  'ResourceProvider',
  'ResourceOwnerAccountId',
  'ResourceOwnerOrgId',
] as const;

const kindOf = (kind: AsffKind, names: readonly string[]) =>
  names.map((name): readonly [string, AsffKind] => [name, kind]);

/**
 * The fields of `AutomationRulesFindingFilters`, and `Keyword`, which Security Hub knows in searches only.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AutomationRulesFindingFilters.html
 */
export const asffFields: ReadonlyMap<string, AsffKind> = new Map([
  ...kindOf('string', texts),
  ...kindOf('date', [
    'FirstObservedAt',
    'LastObservedAt',
    'CreatedAt',
    'UpdatedAt',
    'NoteUpdatedAt',
  ]),
  ...kindOf('number', ['Confidence', 'Criticality']),
  ...kindOf('map', ['ResourceTags', 'ResourceDetailsOther', 'UserDefinedFields']),
  ...kindOf('keyword', ['Keyword']),
]);

const hundred: ReadonlySet<string> = new Set([
  'AwsAccountId',
  'GeneratorId',
  'Title',
  'ResourceId',
]);

/** How many filters a field takes. */
export function maxFilters(field: string): number {
  return hundred.has(field) ? 100 : 20;
}

/** The values of fields that have only these. */
export const asffValues: ReadonlyMap<string, readonly string[]> = new Map([
  ['SeverityLabel', ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL']],
  ['WorkflowStatus', ['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED']],
  ['RecordState', ['ACTIVE', 'ARCHIVED']],
  ['ComplianceStatus', ['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE']],
  ['VerificationState', ['UNKNOWN', 'TRUE_POSITIVE', 'FALSE_POSITIVE', 'BENIGN_POSITIVE']],
]);
