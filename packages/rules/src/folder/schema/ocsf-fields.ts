/** How the filters of an attribute compare: each kind has its own list in a composite filter. */
export type OcsfKind = 'string' | 'date' | 'number' | 'boolean' | 'map' | 'ip';

/** `metadata.product.feature.uid` is in the user guide and in CloudFormation's schema, but not in the API's model. */
const strings = [
  'activity_name',
  'class_name',
  'cloud.account.name',
  'cloud.account.uid',
  'cloud.provider',
  'cloud.region',
  'comment',
  'compliance.assessments.category',
  'compliance.assessments.name',
  'compliance.control',
  'compliance.standards',
  'compliance.status',
  'databucket.encryption_details.algorithm',
  'databucket.encryption_details.key_uid',
  'databucket.file.data_classifications.classifier_details.type',
  'evidences.actor.user.account.uid',
  'evidences.api.operation',
  'evidences.api.response.error_message',
  'evidences.api.service.name',
  'evidences.connection_info.direction',
  'evidences.connection_info.protocol_name',
  'evidences.dst_endpoint.autonomous_system.name',
  'evidences.dst_endpoint.location.city',
  'evidences.dst_endpoint.location.country',
  'evidences.src_endpoint.autonomous_system.name',
  'evidences.src_endpoint.hostname',
  'evidences.src_endpoint.location.city',
  'evidences.src_endpoint.location.country',
  'finding_info.analytic.name',
  'finding_info.desc',
  'finding_info.related_events.product.uid',
  'finding_info.related_events.title',
  'finding_info.related_events.traits.category',
  'finding_info.related_events.uid',
  'finding_info.src_url',
  'finding_info.title',
  'finding_info.types',
  'finding_info.uid',
  'malware.name',
  'malware.severity',
  'malware_scan_info.uid',
  'metadata.product.feature.uid',
  'metadata.product.name',
  'metadata.product.uid',
  'metadata.product.vendor_name',
  'metadata.uid',
  'remediation.desc',
  'remediation.references',
  'resources.cloud_function.layers.uid_alt',
  'resources.cloud_function.runtime',
  'resources.cloud_function.user.uid',
  'resources.cloud_partition',
  'resources.device.encryption_details.key_uid',
  'resources.device.image.uid',
  'resources.image.architecture',
  'resources.image.registry_uid',
  'resources.image.repository_name',
  'resources.image.uid',
  'resources.name',
  'resources.owner.account.name',
  'resources.owner.account.uid',
  'resources.owner.org.uid',
  'resources.provider',
  'resources.region',
  'resources.subnet_info.uid',
  'resources.type',
  'resources.uid',
  'resources.vpc_uid',
  'severity',
  'status',
  'vendor_attributes.severity',
  'vulnerabilities.affected_code.file.path',
  'vulnerabilities.affected_packages.name',
  'vulnerabilities.cve.epss.score',
  'vulnerabilities.cve.uid',
  'vulnerabilities.fix_coverage',
  'vulnerabilities.related_vulnerabilities',
];

/**
 * The attributes that criteria name, by kind.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_OcsfFindingFilters.html
 */
export const ocsfFields: Readonly<Record<OcsfKind, readonly string[]>> = {
  string: strings,
  date: [
    'finding_info.created_time_dt',
    'finding_info.first_seen_time_dt',
    'finding_info.last_seen_time_dt',
    'finding_info.modified_time_dt',
    'resources.image.created_time_dt',
    'resources.image.last_used_time_dt',
    'resources.modified_time_dt',
  ],
  number: [
    'activity_id',
    'compliance.status_id',
    'confidence_score',
    'evidences.api.response.code',
    'evidences.dst_endpoint.autonomous_system.number',
    'evidences.dst_endpoint.port',
    'evidences.src_endpoint.autonomous_system.number',
    'evidences.src_endpoint.port',
    'finding_info.related_events_count',
    'resources.image.in_use_count',
    'severity_id',
    'status_id',
    'vendor_attributes.severity_id',
    'vulnerabilities.cve.cvss.base_score',
  ],
  boolean: [
    'compliance.assessments.meets_criteria',
    'vulnerabilities.is_exploit_available',
    'vulnerabilities.is_fix_available',
  ],
  map: ['compliance.control_parameters', 'databucket.tags', 'finding_info.tags', 'resources.tags'],
  ip: ['evidences.dst_endpoint.ip', 'evidences.src_endpoint.ip'],
};

const severities = [
  'Unknown',
  'Informational',
  'Low',
  'Medium',
  'High',
  'Critical',
  'Fatal',
  'Other',
];

/**
 * The captions of attributes that OCSF enumerates. A source may write others beside the id 99, so a strange one is doubtful, not wrong; one
 * that differs in case only is.
 *
 * @see https://schema.ocsf.io/classes/finding
 */
export const ocsfValues: ReadonlyMap<string, readonly string[]> = new Map([
  ['severity', severities],
  ['vendor_attributes.severity', severities],
  [
    'status',
    ['Unknown', 'New', 'In Progress', 'Suppressed', 'Resolved', 'Archived', 'Deleted', 'Other'],
  ],
  ['compliance.status', ['Unknown', 'Pass', 'Warning', 'Fail', 'Other']],
  ['activity_name', ['Unknown', 'Create', 'Update', 'Close', 'Other']],
]);
