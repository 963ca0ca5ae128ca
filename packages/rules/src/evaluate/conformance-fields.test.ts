import { describe, expect, it } from '@jest/globals';
import type { AsffFilter, Condition, OcsfCriteria } from '../model/condition.ts';
import { asffFields } from './asff-fields.ts';
import { type Case, isMatch, source, titled } from './testing/conformance.ts';
import { asffOf, ocsfOf } from './testing/findings.ts';

type Members = Readonly<Record<string, unknown>>;

const text = [{ Value: 'abc', Comparison: 'EQUALS' }] as const;
const number = [{ Eq: 42 }] as const;
const date = [{ Start: '2026-11-01T00:00:00Z', End: '2026-11-02T00:00:00Z' }] as const;
const map = [{ Key: 'k', Value: 'abc', Comparison: 'EQUALS' }] as const;
const day = '2026-11-01T12:00:00Z';

function resource(members: Members): Members {
  return { Resources: [{ Id: 'r' }, { Id: 'r', ...members }] };
}

/** Every field of AutomationRulesFindingFilters, a filter on it, and a finding as it stands that matches. */
const automationRuleFields: Readonly<Record<string, readonly [readonly AsffFilter[], Members]>> = {
  AwsAccountId: [
    [{ Value: '999988887777', Comparison: 'EQUALS' }],
    { AwsAccountId: '999988887777' },
  ],
  AwsAccountName: [text, { AwsAccountName: 'abc' }],
  CompanyName: [text, { CompanyName: 'abc' }],
  ComplianceAssociatedStandardsId: [
    text,
    { Compliance: { AssociatedStandards: [{ StandardsId: 'abc' }] } },
  ],
  ComplianceSecurityControlId: [text, { Compliance: { SecurityControlId: 'abc' } }],
  ComplianceStatus: [text, { Compliance: { Status: 'abc' } }],
  Confidence: [number, { Confidence: 42 }],
  CreatedAt: [date, { CreatedAt: day }],
  Criticality: [number, { Criticality: 42 }],
  Description: [text, { Description: 'abc' }],
  FirstObservedAt: [date, { FirstObservedAt: day }],
  GeneratorId: [text, { GeneratorId: 'abc' }],
  Id: [text, { Id: 'abc' }],
  LastObservedAt: [date, { LastObservedAt: day }],
  NoteText: [text, { Note: { Text: 'abc' } }],
  NoteUpdatedAt: [date, { Note: { UpdatedAt: day } }],
  NoteUpdatedBy: [text, { Note: { UpdatedBy: 'abc' } }],
  ProductArn: [text, { ProductArn: 'abc' }],
  ProductName: [text, { ProductName: 'abc' }],
  RecordState: [text, { RecordState: 'abc' }],
  RelatedFindingsId: [text, { RelatedFindings: [{ Id: 'abc' }] }],
  RelatedFindingsProductArn: [text, { RelatedFindings: [{ ProductArn: 'abc' }] }],
  ResourceApplicationArn: [text, resource({ ApplicationArn: 'abc' })],
  ResourceApplicationName: [text, resource({ ApplicationName: 'abc' })],
  ResourceDetailsOther: [map, resource({ Details: { Other: { k: 'abc' } } })],
  ResourceId: [text, resource({ Id: 'abc' })],
  ResourceOwnerAccountId: [text, resource({ Owner: { Account: { Id: 'abc' } } })],
  ResourceOwnerOrgId: [text, resource({ Owner: { Org: { Id: 'abc' } } })],
  ResourcePartition: [text, resource({ Partition: 'abc' })],
  ResourceProvider: [text, resource({ Provider: 'abc' })],
  ResourceRegion: [text, resource({ Region: 'abc' })],
  ResourceTags: [map, resource({ Tags: { k: 'abc' } })],
  ResourceType: [text, resource({ Type: 'abc' })],
  SeverityLabel: [[{ Value: 'LOW', Comparison: 'EQUALS' }], { Severity: { Label: 'LOW' } }],
  SourceUrl: [text, { SourceUrl: 'abc' }],
  Title: [text, { Title: 'abc' }],
  Type: [text, { Types: ['x', 'abc'] }],
  UpdatedAt: [date, { UpdatedAt: day }],
  UserDefinedFields: [map, { UserDefinedFields: { k: 'abc' } }],
  VerificationState: [text, { VerificationState: 'abc' }],
  WorkflowStatus: [text, { Workflow: { Status: 'abc' } }],
};

const asffCases = Object.entries(automationRuleFields).flatMap(
  ([name, [filters, members]]): readonly Case[] => {
    const one = { when: { asff: { [name]: filters } }, source: source.criteria } as const;
    return [
      { ...one, title: name, finding: asffOf(members), basis: 'current', matches: true },
      {
        ...one,
        title: `${name} of another value`,
        finding: asffOf(),
        basis: 'current',
        matches: false,
      },
    ];
  },
);

/** String attributes that Security Hub filters by, as of its API of August 2026, and `metadata.product.feature.uid` of CloudFormation. */
const ocsfTexts = [
  ...['activity_name', 'class_name', 'cloud.account.name', 'cloud.account.uid', 'cloud.provider'],
  ...['cloud.region', 'comment', 'compliance.assessments.category', 'compliance.assessments.name'],
  ...['compliance.control', 'compliance.standards', 'compliance.status'],
  ...['databucket.encryption_details.algorithm', 'databucket.encryption_details.key_uid'],
  'databucket.file.data_classifications.classifier_details.type',
  ...['evidences.actor.user.account.uid', 'evidences.api.operation'],
  ...['evidences.api.response.error_message', 'evidences.api.service.name'],
  ...['evidences.connection_info.direction', 'evidences.connection_info.protocol_name'],
  ...['evidences.dst_endpoint.autonomous_system.name', 'evidences.dst_endpoint.location.city'],
  ...['evidences.dst_endpoint.location.country', 'evidences.src_endpoint.autonomous_system.name'],
  ...['evidences.src_endpoint.hostname', 'evidences.src_endpoint.location.city'],
  ...['evidences.src_endpoint.location.country', 'finding_info.analytic.name', 'finding_info.desc'],
  ...['finding_info.related_events.product.uid', 'finding_info.related_events.title'],
  ...['finding_info.related_events.traits.category', 'finding_info.related_events.uid'],
  ...['finding_info.src_url', 'finding_info.title', 'finding_info.types', 'finding_info.uid'],
  ...['malware.name', 'malware_scan_info.uid', 'malware.severity', 'metadata.product.name'],
  ...['metadata.product.feature.uid', 'metadata.product.uid', 'metadata.product.vendor_name'],
  ...['metadata.uid', 'remediation.desc', 'remediation.references'],
  ...['resources.cloud_function.layers.uid_alt', 'resources.cloud_function.runtime'],
  ...['resources.cloud_function.user.uid', 'resources.cloud_partition'],
  ...['resources.device.encryption_details.key_uid', 'resources.device.image.uid'],
  ...['resources.image.architecture', 'resources.image.registry_uid'],
  ...['resources.image.repository_name', 'resources.image.uid', 'resources.name'],
  ...['resources.owner.account.name', 'resources.owner.account.uid', 'resources.owner.org.uid'],
  ...['resources.provider', 'resources.region', 'resources.subnet_info.uid', 'resources.type'],
  ...['resources.uid', 'resources.vpc_uid', 'severity', 'status', 'vendor_attributes.severity'],
  ...['vulnerabilities.affected_code.file.path', 'vulnerabilities.affected_packages.name'],
  ...['vulnerabilities.cve.epss.score', 'vulnerabilities.cve.uid', 'vulnerabilities.fix_coverage'],
  'vulnerabilities.related_vulnerabilities',
];
const ocsfNumbers = [
  ...['activity_id', 'compliance.status_id', 'confidence_score', 'evidences.api.response.code'],
  ...['evidences.dst_endpoint.autonomous_system.number', 'evidences.dst_endpoint.port'],
  ...['evidences.src_endpoint.autonomous_system.number', 'evidences.src_endpoint.port'],
  ...['finding_info.related_events_count', 'resources.image.in_use_count', 'severity_id'],
  ...['status_id', 'vendor_attributes.severity_id', 'vulnerabilities.cve.cvss.base_score'],
];
const ocsfBooleans = [
  ...['compliance.assessments.meets_criteria', 'vulnerabilities.is_exploit_available'],
  'vulnerabilities.is_fix_available',
];
const ocsfDates = [
  ...['finding_info.created_time_dt', 'finding_info.first_seen_time_dt'],
  ...['finding_info.last_seen_time_dt', 'finding_info.modified_time_dt'],
  ...['resources.image.created_time_dt', 'resources.image.last_used_time_dt'],
  'resources.modified_time_dt',
];
const ocsfMaps = [
  ...['compliance.control_parameters', 'databucket.tags', 'finding_info.tags', 'resources.tags'],
];
const ocsfIps = ['evidences.dst_endpoint.ip', 'evidences.src_endpoint.ip'];

/** Attributes of which a finding has a list. @see https://schema.ocsf.io */
const lists = new Set([
  ...['resources', 'vulnerabilities', 'evidences', 'assessments', 'affected_packages', 'cvss'],
  ...['related_events', 'standards', 'types', 'layers', 'data_classifications', 'malware'],
  ...['affected_code', 'references', 'related_vulnerabilities'],
]);

/** A document that holds nothing but a value at a path. */
function documentOf(path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const below = documentOf(rest, value);
  return { [name]: lists.has(name) ? [{}, below] : below };
}

function ocsfCase(
  path: string,
  value: unknown,
  criteria: OcsfCriteria,
  of = 'current' as const,
): readonly Case[] {
  const when: Condition = { ocsf: criteria };
  const finding = ocsfOf();
  const members = documentOf(path.split('.'), value);
  const held = { ...finding, raw: { ...(members ?? {}) } };
  const one = { when, source: source.ocsfString, basis: of };
  // Tags of resources are those that were read with the finding.
  const tags = path === 'resources.tags' ? [{ id: 'r', tags: { k: 'abc' } }] : [];
  return [
    { ...one, title: path, finding: { ...held, resources: tags }, matches: true },
    {
      ...one,
      title: `${path} that is missing`,
      finding: { ...finding, raw: {}, resources: [] },
      matches: false,
    },
  ];
}

const ocsfCases: readonly Case[] = [
  ...ocsfTexts.flatMap((FieldName) =>
    ocsfCase(FieldName, 'abc', {
      CompositeFilters: [{ StringFilters: [{ FieldName, Filter: text[0] }] }],
    }),
  ),
  ...ocsfNumbers.flatMap((FieldName) =>
    ocsfCase(FieldName, 42, {
      CompositeFilters: [{ NumberFilters: [{ FieldName, Filter: number[0] }] }],
    }),
  ),
  ...ocsfBooleans.flatMap((FieldName) =>
    ocsfCase(FieldName, false, {
      CompositeFilters: [{ BooleanFilters: [{ FieldName, Filter: { Value: false } }] }],
    }),
  ),
  ...ocsfDates.flatMap((FieldName) =>
    ocsfCase(FieldName, day, {
      CompositeFilters: [{ DateFilters: [{ FieldName, Filter: date[0] }] }],
    }),
  ),
  ...ocsfMaps.flatMap((FieldName) =>
    ocsfCase(FieldName, [{ name: 'k', value: 'abc' }], {
      CompositeFilters: [{ MapFilters: [{ FieldName, Filter: map[0] }] }],
    }),
  ),
  ...ocsfIps.flatMap((FieldName) =>
    ocsfCase(FieldName, '192.0.2.7', {
      CompositeFilters: [{ IpFilters: [{ FieldName, Filter: { Cidr: '192.0.2.0/24' } }] }],
    }),
  ),
];

describe('fields of ASFF', () => {
  it.each(titled(asffCases))('%s', (_title, one) => {
    expect(isMatch(one)).toBe(one.matches);
  });

  it('are all 41 of automation rules, and more of GetFindings', () => {
    expect(Object.keys(automationRuleFields)).toHaveLength(41);
    expect([...asffFields.keys()]).toEqual(
      expect.arrayContaining([...Object.keys(automationRuleFields), 'Keyword', 'ProductFields']),
    );
  });

  it('are searched for keywords, whatever their case', () => {
    const finding = asffOf({ Description: 'A Bucket was opened' });
    const keyword = (Value: string): Case => ({
      title: Value,
      source: source.ours,
      when: { asff: { Keyword: [{ Value }] } },
      finding,
      matches: true,
    });
    expect(isMatch(keyword('bucket WAS'))).toBe(true);
    expect(isMatch(keyword('bucket is'))).toBe(false);
    expect(isMatch(keyword('Description'))).toBe(false);
  });
});

describe('attributes of OCSF', () => {
  it.each(titled(ocsfCases))('%s', (_title, one) => {
    expect(isMatch(one)).toBe(one.matches);
  });

  it('are all that the API names', () => {
    expect(ocsfTexts).toHaveLength(77);
    expect(ocsfNumbers).toHaveLength(14);
  });
});
