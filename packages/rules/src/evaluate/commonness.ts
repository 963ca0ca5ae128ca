/** How often findings have one given value of a field: what is rare tells rules apart. Guesses; only speed depends on them. */
const known: Readonly<Record<string, number>> = {
  AwsAccountId: 0.03,
  'cloud.account.uid': 0.03,
  AwsAccountName: 0.03,
  'cloud.account.name': 0.03,
  Region: 0.3,
  'cloud.region': 0.3,
  'Resources.Region': 0.3,
  'resources.region': 0.3,
  'Resources.Partition': 1,
  'resources.cloud_partition': 1,
  'cloud.provider': 1,
  'Resources.Provider': 1,
  'resources.provider': 1,
  'Severity.Label': 0.3,
  severity: 0.3,
  'vendor_attributes.severity': 0.3,
  'FindingProviderFields.Severity.Label': 0.3,
  'Compliance.Status': 0.6,
  'compliance.status': 0.6,
  RecordState: 0.9,
  activity_name: 0.6,
  class_name: 0.4,
  'Workflow.Status': 0.9,
  status: 0.9,
  WorkflowState: 0.9,
  VerificationState: 0.9,
  ProductName: 0.4,
  ProductArn: 0.4,
  CompanyName: 0.9,
  'metadata.product.name': 0.4,
  'metadata.product.uid': 0.4,
  'metadata.product.vendor_name': 0.9,
  'Compliance.AssociatedStandards.StandardsId': 0.4,
  'compliance.standards': 0.4,
  Types: 0.1,
  'finding_info.types': 0.1,
  'Resources.Type': 0.1,
  'resources.type': 0.1,
  'Compliance.SecurityControlId': 0.005,
  'compliance.control': 0.005,
  GeneratorId: 0.005,
  Title: 0.005,
  'finding_info.title': 0.005,
  Id: 0.001,
  'finding_info.uid': 0.001,
  'Resources.Id': 0.001,
  'resources.uid': 0.001,
};

const unknownCommonness = 0.05;

/** Rules ask for tags that many resources share: applications, teams, stages. */
export const tagCommonness = 0.15;

export function commonnessOf(path: string): number {
  return (Object.hasOwn(known, path) ? known[path] : undefined) ?? unknownCommonness;
}
