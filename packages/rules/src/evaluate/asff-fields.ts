/** What a filter on a field compares: texts, numbers, moments, or the entries of a map. */
export type AsffFieldKind = 'text' | 'number' | 'date' | 'map' | 'keyword';

export interface AsffField {
  readonly kind: AsffFieldKind;
  /** Where the field lies in a finding, dotted; lists fan out. */
  readonly path: string;
}

const text = {
  AwsAccountId: 'AwsAccountId',
  AwsAccountName: 'AwsAccountName',
  CompanyName: 'CompanyName',
  ComplianceAssociatedStandardsId: 'Compliance.AssociatedStandards.StandardsId',
  ComplianceSecurityControlId: 'Compliance.SecurityControlId',
  ComplianceSecurityControlParametersName: 'Compliance.SecurityControlParameters.Name',
  ComplianceSecurityControlParametersValue: 'Compliance.SecurityControlParameters.Value',
  ComplianceStatus: 'Compliance.Status',
  Description: 'Description',
  FindingProviderFieldsRelatedFindingsId: 'FindingProviderFields.RelatedFindings.Id',
  FindingProviderFieldsRelatedFindingsProductArn:
    'FindingProviderFields.RelatedFindings.ProductArn',
  FindingProviderFieldsSeverityLabel: 'FindingProviderFields.Severity.Label',
  FindingProviderFieldsSeverityOriginal: 'FindingProviderFields.Severity.Original',
  FindingProviderFieldsTypes: 'FindingProviderFields.Types',
  GeneratorId: 'GeneratorId',
  Id: 'Id',
  MalwareName: 'Malware.Name',
  MalwarePath: 'Malware.Path',
  MalwareState: 'Malware.State',
  MalwareType: 'Malware.Type',
  NetworkDestinationDomain: 'Network.DestinationDomain',
  NetworkDirection: 'Network.Direction',
  NetworkProtocol: 'Network.Protocol',
  NetworkSourceDomain: 'Network.SourceDomain',
  NetworkSourceMac: 'Network.SourceMac',
  NoteText: 'Note.Text',
  NoteUpdatedBy: 'Note.UpdatedBy',
  ProcessName: 'Process.Name',
  ProcessPath: 'Process.Path',
  ProductArn: 'ProductArn',
  ProductName: 'ProductName',
  RecommendationText: 'Remediation.Recommendation.Text',
  RecordState: 'RecordState',
  Region: 'Region',
  RelatedFindingsId: 'RelatedFindings.Id',
  RelatedFindingsProductArn: 'RelatedFindings.ProductArn',
  ResourceApplicationArn: 'Resources.ApplicationArn',
  ResourceApplicationName: 'Resources.ApplicationName',
  ResourceAwsIamAccessKeyPrincipalName: 'Resources.Details.AwsIamAccessKey.PrincipalName',
  ResourceAwsIamAccessKeyStatus: 'Resources.Details.AwsIamAccessKey.Status',
  ResourceAwsIamAccessKeyUserName: 'Resources.Details.AwsIamAccessKey.UserName',
  ResourceAwsIamUserUserName: 'Resources.Details.AwsIamUser.UserName',
  ResourceContainerImageId: 'Resources.Details.Container.ImageId',
  ResourceContainerImageName: 'Resources.Details.Container.ImageName',
  ResourceContainerName: 'Resources.Details.Container.Name',
  ResourceId: 'Resources.Id',
  ResourceOwnerAccountId: 'Resources.Owner.Account.Id',
  ResourceOwnerOrgId: 'Resources.Owner.Org.Id',
  ResourcePartition: 'Resources.Partition',
  ResourceProvider: 'Resources.Provider',
  ResourceRegion: 'Resources.Region',
  ResourceType: 'Resources.Type',
  SeverityLabel: 'Severity.Label',
  SourceUrl: 'SourceUrl',
  ThreatIntelIndicatorCategory: 'ThreatIntelIndicators.Category',
  ThreatIntelIndicatorSource: 'ThreatIntelIndicators.Source',
  ThreatIntelIndicatorSourceUrl: 'ThreatIntelIndicators.SourceUrl',
  ThreatIntelIndicatorType: 'ThreatIntelIndicators.Type',
  ThreatIntelIndicatorValue: 'ThreatIntelIndicators.Value',
  Title: 'Title',
  Type: 'Types',
  VerificationState: 'VerificationState',
  VulnerabilitiesExploitAvailable: 'Vulnerabilities.ExploitAvailable',
  VulnerabilitiesFixAvailable: 'Vulnerabilities.FixAvailable',
  WorkflowState: 'WorkflowState',
  WorkflowStatus: 'Workflow.Status',
} as const;

const number = {
  Confidence: 'Confidence',
  Criticality: 'Criticality',
  FindingProviderFieldsConfidence: 'FindingProviderFields.Confidence',
  FindingProviderFieldsCriticality: 'FindingProviderFields.Criticality',
  NetworkDestinationPort: 'Network.DestinationPort',
  NetworkSourcePort: 'Network.SourcePort',
  ProcessParentPid: 'Process.ParentPid',
  ProcessPid: 'Process.Pid',
  SeverityNormalized: 'Severity.Normalized',
  SeverityProduct: 'Severity.Product',
} as const;

const date = {
  CreatedAt: 'CreatedAt',
  FirstObservedAt: 'FirstObservedAt',
  LastObservedAt: 'LastObservedAt',
  NoteUpdatedAt: 'Note.UpdatedAt',
  ProcessLaunchedAt: 'Process.LaunchedAt',
  ProcessTerminatedAt: 'Process.TerminatedAt',
  ResourceAwsIamAccessKeyCreatedAt: 'Resources.Details.AwsIamAccessKey.CreatedAt',
  ResourceContainerLaunchedAt: 'Resources.Details.Container.LaunchedAt',
  ThreatIntelIndicatorLastObservedAt: 'ThreatIntelIndicators.LastObservedAt',
  UpdatedAt: 'UpdatedAt',
} as const;

const map = {
  ProductFields: 'ProductFields',
  ResourceDetailsOther: 'Resources.Details.Other',
  ResourceTags: 'Resources.Tags',
  UserDefinedFields: 'UserDefinedFields',
} as const;

function ofKind(
  kind: AsffFieldKind,
  paths: Readonly<Record<string, string>>,
): readonly (readonly [string, AsffField])[] {
  return Object.entries(paths).map(([name, path]) => [name, { kind, path }]);
}

/**
 * The fields that ASFF criteria may name: all 41 of automation rules, and of GetFindings those whose filters have the same forms
 * (not its filters on addresses and on `Sample`).
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AutomationRulesFindingFilters.html
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFindingFilters.html
 */
export const asffFields: ReadonlyMap<string, AsffField> = new Map([
  ...ofKind('text', text),
  ...ofKind('number', number),
  ...ofKind('date', date),
  ...ofKind('map', map),
  ...ofKind('keyword', { Keyword: '' }),
]);
