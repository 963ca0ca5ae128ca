import { createHash } from 'node:crypto';
import { at, defined, isObject, listOf, objectOf, textOf } from './json.ts';
import { activityNames, classNames, severityNames } from './ocsf-enums.ts';
import { affectedResources, ocsfResource } from './ocsf-resource.ts';
import type { JsonObject } from './types.ts';

const severityIds: Readonly<Record<string, number>> = {
  INFORMATIONAL: 1,
  LOW: 2,
  MEDIUM: 3,
  HIGH: 4,
  CRITICAL: 5,
};

const complianceIds: Readonly<Record<string, readonly [id: number, name: string]>> = {
  PASSED: [1, 'Pass'],
  WARNING: [2, 'Warning'],
  FAILED: [3, 'Fail'],
  NOT_AVAILABLE: [0, 'Unknown'],
};

/**
 * A finding in ASFF as Security Hub (V2) would hold it: OCSF 1.6, of the class that its kind asks for. The provider's values, not what
 * customers made of them.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-ocsf-findings.html
 */
export function ocsfFromAsff(finding: JsonObject): JsonObject {
  const severity_id = severityIds[String(at(finding, 'Severity.Label'))] ?? 0;
  const severity = severityNames[severity_id];
  const activity = finding.RecordState === 'ARCHIVED' ? 3 : 1;
  const class_uid = classOf(finding);
  const resolved = at(finding, 'Compliance.Status') === 'PASSED';
  const partition = String(finding.ProductArn).split(':')[1];
  return defined({
    ...{ activity_id: activity, activity_name: activityNames[activity] },
    ...{ category_uid: 2, category_name: 'Findings' },
    ...{ class_uid, class_name: classNames[class_uid], type_uid: class_uid * 100 + activity },
    ...{ type_name: `${classNames[class_uid]}: ${activityNames[activity]}` },
    cloud: {
      account: defined({ uid: finding.AwsAccountId, name: finding.AwsAccountName }),
      ...{ cloud_partition: partition, provider: 'AWS', region: finding.Region },
    },
    compliance: class_uid === 2003 ? complianceOf(finding) : undefined,
    confidence_score: finding.Confidence,
    evidences: evidencesOf(finding),
    finding_info: findingInfo(finding),
    metadata: metadataOf(finding),
    remediation: remediationOf(finding),
    resources: resourcesOf(finding),
    ...{ severity, severity_id },
    ...(resolved ? { status: 'Resolved', status_id: 4 } : { status: 'New', status_id: 1 }),
    ...timed('time', finding.UpdatedAt),
    vendor_attributes: { severity, severity_id },
    vulnerabilities: class_uid === 2002 ? vulnerabilitiesOf(finding) : undefined,
  });
}

function classOf(finding: JsonObject): number {
  const types = listOf(finding.Types).map(String);
  if (finding.Vulnerabilities || types.some((type) => type.includes('/Vulnerabilities')))
    return 2002;
  if (isObject(finding.Compliance)) return 2003;
  return types.some((type) => type.startsWith('Sensitive Data')) ? 2006 : 2004;
}

function findingInfo(finding: JsonObject): JsonObject {
  return defined({
    uid: finding.Id,
    title: finding.Title,
    desc: finding.Description,
    types: typesOf(finding),
    src_url: finding.SourceUrl,
    analytic: { type: 'Rule', type_id: 1, uid: finding.GeneratorId },
    ...timed('created_time', finding.CreatedAt),
    ...timed('modified_time', finding.UpdatedAt),
    ...timed('first_seen_time', finding.FirstObservedAt),
    ...timed('last_seen_time', finding.LastObservedAt),
  });
}

/** GuardDuty's types are its own in OCSF: `Stealth:IAMUser/X`, not `TTPs/…/Stealth:IAMUser-X`. */
function typesOf(finding: JsonObject): readonly string[] {
  const types = listOf(finding.Types).map(String);
  if (!String(finding.ProductArn).endsWith('/guardduty')) return types;
  return types.map((type) => (type.split('/').at(-1) ?? type).replace('-', '/'));
}

function timed(name: string, value: unknown): JsonObject {
  const time = Date.parse(textOf(value) ?? '');
  return Number.isNaN(time) ? {} : { [name]: time, [`${name}_dt`]: new Date(time).toISOString() };
}

function metadataOf(finding: JsonObject): JsonObject {
  const uid = [finding.AwsAccountId, finding.Region, finding.ProductArn, finding.Id].join('|');
  return {
    product: {
      name: finding.ProductName,
      uid: String(finding.ProductArn).replace(':product/', ':productv2/'),
      vendor_name: finding.CompanyName,
    },
    profiles: ['cloud', 'datetime'],
    uid: createHash('sha256').update(uid).digest('hex'),
    version: '1.6.0',
  };
}

function complianceOf(finding: JsonObject): JsonObject {
  const { Status, SecurityControlId, AssociatedStandards, RelatedRequirements } = objectOf(
    finding.Compliance,
  );
  const [status_id, status] = complianceIds[String(Status)] ?? [0, 'Unknown'];
  return defined({
    control: SecurityControlId,
    requirements: RelatedRequirements,
    standards: listOf(AssociatedStandards).map((standard) => objectOf(standard).StandardsId),
    ...{ status, status_id },
  });
}

function evidencesOf(finding: JsonObject): readonly JsonObject[] | undefined {
  const call = 'action/awsApiCallAction/';
  const fields = objectOf(finding.ProductFields);
  const operation = fields[`${call}api`];
  if (operation === undefined) return undefined;
  const ip = fields[`${call}remoteIpDetails/ipAddressV4`];
  return [
    defined({
      api: { operation, service: { name: fields[`${call}serviceName`] } },
      actor: actorOf(finding),
      src_endpoint: ip === undefined ? undefined : { ip },
    }),
  ];
}

/** Who made the call: ASFF has them as a resource. */
function actorOf({ Resources }: JsonObject): JsonObject | undefined {
  const resources = listOf(Resources).filter(isObject);
  const key = resources.find(({ Type }) => Type === 'AwsIamAccessKey');
  const name = at(key, 'Details.AwsIamAccessKey.PrincipalName');
  if (name === undefined) return undefined;
  const type = at(key, 'Details.AwsIamAccessKey.PrincipalType');
  const credential_uid = textOf(key?.Id)?.split(':').at(-1);
  return { user: defined({ name, type, credential_uid }) };
}

function remediationOf(finding: JsonObject): JsonObject | undefined {
  const { Text, Url } = objectOf(at(finding, 'Remediation.Recommendation'));
  if (Text === undefined && Url === undefined) return undefined;
  return defined({ desc: Text, references: Url === undefined ? undefined : [Url] });
}

function resourcesOf(finding: JsonObject): readonly JsonObject[] {
  return [...listOf(finding.Resources).filter(isObject), ...affectedResources(finding)].map(
    (resource) => ocsfResource(resource, finding.AwsAccountId),
  );
}

function vulnerabilitiesOf(finding: JsonObject): readonly JsonObject[] {
  return listOf(finding.Vulnerabilities)
    .filter(isObject)
    .map(({ Id, FixAvailable, ExploitAvailable }) => ({
      cve: { uid: Id },
      is_fix_available: FixAvailable === 'YES',
      is_exploit_available: ExploitAvailable === 'YES',
    }));
}
