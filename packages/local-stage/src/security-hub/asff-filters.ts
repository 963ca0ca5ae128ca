import { invalidInput } from './hub-fault.ts';
import { isObject, listOf, objectOf, textOf, valuesAt } from './json.ts';
import {
  dateMatcher,
  type Matcher,
  matchesBoolean,
  matchesIp,
  matchesMap,
  matchesNumber,
  matchesText,
} from './match-filter.ts';
import type { JsonObject } from './types.ts';

/** Where a filter looks, when its name is not the path itself. */
const paths: Readonly<Record<string, string>> = {
  Type: 'Types',
  SeverityLabel: 'Severity.Label',
  SeverityNormalized: 'Severity.Normalized',
  SeverityProduct: 'Severity.Product',
  RecommendationText: 'Remediation.Recommendation.Text',
  WorkflowStatus: 'Workflow.Status',
  ResourceId: 'Resources.Id',
  ResourceType: 'Resources.Type',
  ResourcePartition: 'Resources.Partition',
  ResourceRegion: 'Resources.Region',
  ResourceTags: 'Resources.Tags',
  ResourceDetailsOther: 'Resources.Details.Other',
  ResourceApplicationArn: 'Resources.ApplicationArn',
  ResourceApplicationName: 'Resources.ApplicationName',
  ResourceProvider: 'Resources.Provider',
  ResourceOwnerAccountId: 'Resources.Owner.Account.Id',
  ResourceOwnerOrgId: 'Resources.Owner.Org.Id',
  ResourceAwsIamAccessKeyPrincipalName: 'Resources.Details.AwsIamAccessKey.PrincipalName',
  ResourceAwsIamAccessKeyStatus: 'Resources.Details.AwsIamAccessKey.Status',
  ComplianceStatus: 'Compliance.Status',
  ComplianceSecurityControlId: 'Compliance.SecurityControlId',
  ComplianceAssociatedStandardsId: 'Compliance.AssociatedStandards.StandardsId',
  RelatedFindingsId: 'RelatedFindings.Id',
  RelatedFindingsProductArn: 'RelatedFindings.ProductArn',
  NoteText: 'Note.Text',
  NoteUpdatedAt: 'Note.UpdatedAt',
  NoteUpdatedBy: 'Note.UpdatedBy',
  MalwareName: 'Malware.Name',
  MalwareType: 'Malware.Type',
  MalwarePath: 'Malware.Path',
  MalwareState: 'Malware.State',
  NetworkDirection: 'Network.Direction',
  NetworkProtocol: 'Network.Protocol',
  NetworkSourceIpV4: 'Network.SourceIpV4',
  NetworkSourceDomain: 'Network.SourceDomain',
  NetworkSourcePort: 'Network.SourcePort',
  NetworkDestinationIpV4: 'Network.DestinationIpV4',
  NetworkDestinationDomain: 'Network.DestinationDomain',
  NetworkDestinationPort: 'Network.DestinationPort',
  ProcessName: 'Process.Name',
  ProcessPath: 'Process.Path',
  ProcessPid: 'Process.Pid',
  FindingProviderFieldsConfidence: 'FindingProviderFields.Confidence',
  FindingProviderFieldsCriticality: 'FindingProviderFields.Criticality',
  FindingProviderFieldsSeverityLabel: 'FindingProviderFields.Severity.Label',
  FindingProviderFieldsSeverityOriginal: 'FindingProviderFields.Severity.Original',
  FindingProviderFieldsTypes: 'FindingProviderFields.Types',
};

/** Filters whose name is the field's name. */
const plain = new Set([
  ...['Id', 'ProductArn', 'AwsAccountId', 'AwsAccountName', 'Region', 'GeneratorId', 'Title'],
  ...['Description', 'SourceUrl', 'ProductName', 'CompanyName', 'VerificationState'],
  ...['WorkflowState', 'RecordState', 'Confidence', 'Criticality', 'FirstObservedAt'],
  ...['LastObservedAt', 'CreatedAt', 'UpdatedAt', 'ProductFields', 'UserDefinedFields', 'Sample'],
]);

/** Where the field of that filter lies in a finding; undefined where there is none. */
export function asffPath(name: string): readonly string[] | undefined {
  if (Object.hasOwn(paths, name)) return paths[name]?.split('.');
  return plain.has(name) ? [name] : undefined;
}

/**
 * Checks filters of GetFindings or criteria of an automation rule.
 *
 * @throws HubFault InvalidInputException for a field that cannot be filtered, too many values, or comparisons that do not mix.
 */
export function checkAsffFilters(parameter: string, filters: unknown): void {
  for (const [name, given] of Object.entries(objectOf(filters))) {
    const problem = problemOf(name, given);
    if (problem) throw invalidInput(`${parameter}.${name}`, problem);
  }
}

/** Fields that take 100 values; others take 20. */
const many = new Set(['AwsAccountId', 'GeneratorId', 'Title', 'ResourceId']);

function problemOf(name: string, given: unknown): string | undefined {
  if (name !== 'Keyword' && !asffPath(name)) return 'data should NOT have additional properties.';
  if (!Array.isArray(given)) return 'data should be array.';
  const most = many.has(name) ? 100 : 20;
  if (given.length > most) return `data should NOT have more than ${most} items.`;
  const comparisons = new Set(given.filter(isObject).map(({ Comparison }) => Comparison));
  return clashes.some((clash) => clash.every((comparison) => comparisons.has(comparison)))
    ? 'Comparisons cannot be combined on one field.'
    : undefined;
}

const clashes: readonly (readonly string[])[] = [
  ['CONTAINS', 'NOT_CONTAINS'],
  ['EQUALS', 'NOT_EQUALS'],
  ['EQUALS', 'PREFIX_NOT_EQUALS'],
];

/** True when a finding satisfies all filters. */
export function matchesAsff(finding: JsonObject, filters: unknown, now: Date): boolean {
  return Object.entries(objectOf(filters)).every(([name, given]) => {
    const each = listOf(given).filter(isObject);
    if (each.length === 0) return true;
    if (name === 'Keyword') return hasKeyword(finding, each);
    return matcherFor(name, each, now)(valuesAt(finding, asffPath(name) ?? [name]), each);
  });
}

function hasKeyword(finding: JsonObject, filters: readonly JsonObject[]): boolean {
  const text = JSON.stringify(finding).toLowerCase();
  return filters.some(({ Value }) => text.includes((textOf(Value) ?? '').toLowerCase()));
}

/** The kind of a filter shows in its members; a time's in its field, as a filter without bounds has none. */
function matcherFor(name: string, filters: readonly JsonObject[], now: Date): Matcher {
  const members = new Set(filters.flatMap((filter) => Object.keys(filter)));
  if (name.endsWith('At')) return dateMatcher(now);
  if (members.has('Key')) return matchesMap;
  if (members.has('Cidr')) return matchesIp;
  if (typeof filters[0]?.Value === 'boolean') return matchesBoolean;
  return members.has('Value') ? matchesText : matchesNumber;
}
