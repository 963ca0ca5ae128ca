import { type Finding, parseAsffFinding, parseOcsfFinding } from '@riposte/findings';

type Members = Readonly<Record<string, unknown>>;

/** A finding in ASFF with these members, and what every finding has. */
export function asffOf(members: Members = {}): Finding {
  return parseAsffFinding({
    SchemaVersion: '2018-10-08',
    Id: 'finding-1',
    ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub',
    GeneratorId: 'security-control/S3.1',
    AwsAccountId: '111122223333',
    Region: 'eu-west-1',
    Title: 'S3 general purpose buckets should block public access',
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    CreatedAt: '2026-11-20T09:00:00.000Z',
    UpdatedAt: '2026-11-24T09:00:00.000Z',
    Severity: { Label: 'MEDIUM', Normalized: 40 },
    Resources: [{ Id: 'arn:aws:s3:::bucket-1', Type: 'AwsS3Bucket' }],
    RecordState: 'ACTIVE',
    Workflow: { Status: 'NEW' },
    ...members,
  });
}

/** A finding in OCSF with these members, and what every finding has. */
export function ocsfOf(members: Members = {}): Finding {
  return parseOcsfFinding({
    activity_id: 1,
    activity_name: 'Create',
    class_name: 'Compliance Finding',
    class_uid: 2003,
    cloud: { account: { uid: '111122223333' }, provider: 'AWS', region: 'eu-west-1' },
    finding_info: {
      uid: 'finding-1',
      title: 'S3 general purpose buckets should block public access',
      created_time_dt: '2026-11-20T09:00:00.000Z',
    },
    metadata: { product: { name: 'Security Hub', vendor_name: 'AWS' }, version: '1.6.0' },
    resources: [{ uid: 'bucket-1', type: 'AWS::S3::Bucket' }],
    severity: 'Medium',
    severity_id: 3,
    status: 'New',
    status_id: 1,
    ...members,
  });
}

/** A finding in GuardDuty's own format, as it was read. */
export function guardDutyOf(raw: Members = {}): Finding {
  return {
    format: 'guardduty',
    id: 'finding-1',
    accountId: '111122223333',
    region: 'eu-west-1',
    partition: 'aws',
    title: 'A trail was disabled',
    types: ['Stealth:IAMUser/CloudTrailLoggingDisabled'],
    severity: 'low',
    resources: [{ id: 'i-1', tags: { team: 'payments' } }],
    productFields: {},
    raw,
  };
}
