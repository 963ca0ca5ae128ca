import type { AsffFinding } from '@riposte/findings';

/** A row of Security Lake's table of Security Hub findings (source version 2, OCSF 1.1.0), as far as findings of ours fill it. */
export interface SecurityLakeRow {
  readonly activity_id: number;
  readonly activity_name: string;
  readonly category_name: string;
  readonly category_uid: number;
  readonly class_name: string;
  readonly class_uid: number;
  readonly type_name: string;
  readonly type_uid: number;
  readonly time: number;
  readonly time_dt: string;
  readonly severity: string;
  readonly severity_id: number;
  readonly status: string;
  readonly cloud: {
    readonly account: { readonly uid: string };
    readonly provider: string;
    readonly region: string;
  };
  readonly finding_info: FindingInfo;
  readonly metadata: Metadata;
  readonly resources: readonly Resource[];
  readonly unmapped: Readonly<Record<string, string>>;
}

interface FindingInfo {
  readonly uid: string;
  readonly title: string;
  readonly desc: string;
  readonly types: readonly string[];
  readonly src_url: string | null;
  readonly created_time_dt: string;
  readonly modified_time_dt: string;
  readonly first_seen_time_dt: string | null;
  readonly last_seen_time_dt: string | null;
}

interface Metadata {
  readonly log_version: string;
  readonly product: {
    readonly feature: { readonly uid: string };
    readonly name: string | null;
    readonly uid: string;
    readonly vendor_name: string | null;
  };
  readonly profiles: readonly string[];
  readonly version: string;
}

interface Resource {
  readonly cloud_partition: string | null;
  readonly region: string | null;
  readonly type: string;
  readonly uid: string;
}

/** What Security Hub adds to a finding that it stores. */
interface Stored {
  readonly workflow?: 'NEW' | 'NOTIFIED' | 'RESOLVED' | 'SUPPRESSED';
}

const severities = {
  INFORMATIONAL: [1, 'Informational'],
  LOW: [2, 'Low'],
  MEDIUM: [3, 'Medium'],
  HIGH: [4, 'High'],
  CRITICAL: [5, 'Critical'],
} as const;
const statuses = {
  NEW: 'New',
  NOTIFIED: 'In Progress',
  RESOLVED: 'Resolved',
  SUPPRESSED: 'Suppressed',
};

/**
 * A finding as Security Lake stores it: a Detection Finding (class 2004), since it comes from a product that is neither a scanner nor a
 * compliance check. What the mapping names no field for lies under `unmapped`, by its path.
 *
 * @see https://github.com/ocsf/examples/tree/main/mappings/markdown/AWS/v1.1.0/Security%20Hub/Detection%20Finding
 */
export function securityLakeRow(
  finding: AsffFinding,
  { workflow = 'NEW' }: Stored = {},
): SecurityLakeRow {
  const isNew = finding.CreatedAt === finding.UpdatedAt;
  const [activity_id, activity_name] = isNew ? [1, 'Create'] : [2, 'Update'];
  const [severity_id, severity] = severities[finding.Severity.Label];
  return {
    ...{ activity_id, activity_name, category_name: 'Findings', category_uid: 2 },
    ...{ class_name: 'Detection Finding', class_uid: 2004, type_uid: 200_400 + activity_id },
    type_name: `Detection Finding: ${activity_name}`,
    ...{ time: Date.parse(finding.UpdatedAt), time_dt: finding.UpdatedAt },
    ...{ severity, severity_id, status: statuses[workflow] },
    cloud: {
      account: { uid: finding.AwsAccountId },
      ...{ provider: 'AWS', region: finding.Region },
    },
    finding_info: findingInfo(finding),
    metadata: metadata(finding),
    resources: finding.Resources.map(({ Partition, Region, Type, Id }) => ({
      ...{ cloud_partition: Partition ?? null, region: Region ?? null, type: Type, uid: Id },
    })),
    unmapped: unmapped(finding),
  };
}

function findingInfo(finding: AsffFinding): FindingInfo {
  return {
    ...{ uid: finding.Id, title: finding.Title, desc: finding.Description, types: finding.Types },
    src_url: finding.SourceUrl ?? null,
    ...{ created_time_dt: finding.CreatedAt, modified_time_dt: finding.UpdatedAt },
    first_seen_time_dt: finding.FirstObservedAt ?? null,
    last_seen_time_dt: finding.LastObservedAt ?? null,
  };
}

function metadata(finding: AsffFinding): Metadata {
  return {
    log_version: finding.SchemaVersion,
    product: {
      feature: { uid: finding.GeneratorId },
      ...{ name: finding.ProductName ?? null, uid: finding.ProductArn },
      vendor_name: finding.CompanyName ?? null,
    },
    ...{ profiles: ['cloud', 'datetime', 'linux'], version: '1.1.0' },
  };
}

function unmapped(finding: AsffFinding): Record<string, string> {
  const { Severity, Types } = finding.FindingProviderFields;
  const fields = Object.entries(finding.ProductFields ?? {});
  const { Text, Url } = finding.Remediation?.Recommendation ?? {};
  return {
    'FindingProviderFields.Severity.Label': Severity.Label,
    'FindingProviderFields.Types[]': Types.join(','),
    ...Object.fromEntries(fields.map(([name, value]) => [`ProductFields.${name}`, value])),
    RecordState: finding.RecordState ?? 'ACTIVE',
    WorkflowState: 'NEW',
    ...(Text !== undefined && { 'Remediation.Recommendation.Text': Text }),
    ...(Url !== undefined && { 'Remediation.Recommendation.Url': Url }),
  };
}
