import { type Document, home, without } from './cloudtrail-record.ts';

/** The id that the same GuardDuty finding has in every format. */
export const findingId =
  'arn:aws:guardduty:eu-west-1:123456789012:detector/12abc34d567e8fa901bc2d34e56789f0/finding/f1';

const title = 'AWS CloudTrail trail main was disabled.';
const description = 'AWS CloudTrail trail main was disabled by mallory calling StopLogging.';
const asffType = 'TTPs/Defense Evasion/Stealth:IAMUser-CloudTrailLoggingDisabled';
const at = '2026-11-24T03:03:00.000Z';

/** GuardDuty's finding that a trail was stopped, as Security Hub holds it (ASFF). Members given as undefined are left out. */
export function asffFinding(changes: Readonly<Document> = {}): Document {
  return without({
    SchemaVersion: '2018-10-08',
    Id: findingId,
    ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
    ProductName: 'GuardDuty',
    CompanyName: 'Amazon',
    Region: home.region,
    GeneratorId:
      'arn:aws:guardduty:eu-west-1:123456789012:detector/12abc34d567e8fa901bc2d34e56789f0',
    AwsAccountId: home.accountId,
    Types: [asffType],
    CreatedAt: at,
    UpdatedAt: at,
    Severity: { Label: 'LOW', Normalized: 20, Product: 2 },
    Title: title,
    Description: description,
    ProductFields: {
      'action/actionType': 'AWS_API_CALL',
      'action/awsApiCallAction/affectedResources/AWS::CloudTrail::Trail': 'main',
    },
    Resources: [
      {
        Type: 'AwsIamAccessKey',
        Id: 'AWS::IAM::AccessKey:AKIAEXAMPLE',
        Partition: 'aws',
        Region: home.region,
        Tags: { team: 'blue' },
      },
    ],
    WorkflowState: 'NEW',
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    FindingProviderFields: { Severity: { Label: 'LOW' }, Types: [asffType] },
    ...changes,
  });
}

/** The same finding as Security Hub V2 holds it (OCSF). */
export function ocsfFinding(changes: Readonly<Document> = {}): Document {
  return without({
    activity_id: 1,
    category_uid: 2,
    class_uid: 2004,
    class_name: 'Detection Finding',
    cloud: { account: { uid: home.accountId }, provider: 'AWS', region: home.region },
    finding_info: {
      uid: findingId,
      title,
      desc: description,
      types: [asffType],
      created_time: Date.parse(at),
      created_time_dt: at,
    },
    metadata: {
      product: { uid: 'arn:aws:securityhub:eu-west-1::productv2/aws/guardduty', name: 'GuardDuty' },
      version: '1.6.0',
    },
    resources: [
      { type: 'AWS::CloudTrail::Trail', uid: 'main', tags: [{ name: 'team', value: 'blue' }] },
    ],
    severity: 'Low',
    severity_id: 2,
    status: 'New',
    status_id: 1,
    time: Date.parse(at),
    type_uid: 200401,
    ...changes,
  });
}

/** The same finding in GuardDuty's own format, as EventBridge carries it. */
export function guardDutyFinding(changes: Readonly<Document> = {}): Document {
  return without({
    schemaVersion: '2.0',
    accountId: home.accountId,
    region: home.region,
    partition: home.partition,
    id: 'f1',
    arn: findingId,
    type: 'Stealth:IAMUser/CloudTrailLoggingDisabled',
    resource: {
      resourceType: 'AccessKey',
      accessKeyDetails: { accessKeyId: 'AKIAEXAMPLE', userName: 'mallory', userType: 'IAMUser' },
    },
    service: {
      serviceName: 'guardduty',
      action: {
        actionType: 'AWS_API_CALL',
        awsApiCallAction: {
          api: 'StopLogging',
          serviceName: 'cloudtrail.amazonaws.com',
          remoteIpDetails: { ipAddressV4: '198.51.100.7' },
          affectedResources: { 'AWS::CloudTrail::Trail': 'main' },
        },
      },
    },
    severity: 2,
    createdAt: at,
    updatedAt: at,
    title,
    description,
    ...changes,
  });
}
