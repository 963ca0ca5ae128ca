import type { AccountRegion } from '../types.ts';
import { uniqueId } from './user-identity.ts';

const trailType = 'AWS::CloudTrail::Trail';

/** What the three forms of one finding have in common. */
export interface LoggingDisabled extends AccountRegion {
  readonly partition: string;
  readonly id: string;
  readonly arn: string;
  readonly detectorId: string;
  readonly productArn: string;
  readonly trails: readonly string[];
  readonly userName: string;
  readonly accessKeyId: string;
  readonly sourceIp: string;
  readonly createdAt: string;
}

const title = 'AWS CloudTrail trail was disabled.';

function description({ trails, userName }: LoggingDisabled): string {
  return `AWS CloudTrail trail ${trails.join(', ')} was disabled by ${userName} calling StopLogging.`;
}

/** The finding as GuardDuty itself sends it. */
export function guardDutyDocument(facts: LoggingDisabled): object {
  const { accountId, region, partition, id, arn, createdAt } = facts;
  return {
    ...{ schemaVersion: '2.0', accountId, region, partition, id, arn },
    type: 'Stealth:IAMUser/CloudTrailLoggingDisabled',
    resource: {
      resourceType: 'AccessKey',
      accessKeyDetails: {
        accessKeyId: facts.accessKeyId,
        principalId: uniqueId('AIDA', `${accountId}${facts.userName}`),
        userType: 'IAMUser',
        userName: facts.userName,
      },
    },
    service: {
      serviceName: 'guardduty',
      detectorId: facts.detectorId,
      action: {
        actionType: 'AWS_API_CALL',
        awsApiCallAction: {
          api: 'StopLogging',
          serviceName: 'cloudtrail.amazonaws.com',
          callerType: 'Remote IP',
          remoteIpDetails: { ipAddressV4: facts.sourceIp },
          affectedResources: { [trailType]: facts.trails.join(', ') },
        },
      },
      resourceRole: 'TARGET',
      additionalInfo: {},
      ...{ eventFirstSeen: createdAt, eventLastSeen: createdAt, archived: false, count: 1 },
    },
    ...{ severity: 2, createdAt, updatedAt: createdAt, title, description: description(facts) },
  };
}

/** The finding in ASFF, as Security Hub's integration of GuardDuty writes it. */
export function asffDocument(facts: LoggingDisabled): object {
  const { accountId, region, partition, arn, createdAt, productArn } = facts;
  const severity = { Label: 'LOW', Normalized: 40, Product: 2 };
  const types = ['TTPs/Defense Evasion/Stealth:IAMUser-CloudTrailLoggingDisabled'];
  return {
    SchemaVersion: '2018-10-08',
    ...{ Id: arn, ProductArn: productArn, ProductName: 'GuardDuty', CompanyName: 'Amazon' },
    ...{ Region: region, AwsAccountId: accountId, GeneratorId: arn.split('/finding/')[0] },
    ...{ Types: types, Title: title, Description: description(facts), Severity: severity },
    ...{ FirstObservedAt: createdAt, LastObservedAt: createdAt },
    ...{ CreatedAt: createdAt, UpdatedAt: createdAt },
    ProductFields: {
      'aws/guardduty/service/serviceName': 'guardduty',
      'action/actionType': 'AWS_API_CALL',
      'action/awsApiCallAction/api': 'StopLogging',
      'action/awsApiCallAction/serviceName': 'cloudtrail.amazonaws.com',
      'action/awsApiCallAction/remoteIpDetails/ipAddressV4': facts.sourceIp,
      [`action/awsApiCallAction/affectedResources/${trailType}`]: facts.trails.join(', '),
      'aws/securityhub/FindingId': `${productArn}/${arn}`,
      'aws/securityhub/ProductName': 'GuardDuty',
      'aws/securityhub/CompanyName': 'Amazon',
    },
    Resources: [
      {
        Type: 'AwsIamAccessKey',
        Id: `AWS::IAM::AccessKey:${facts.accessKeyId}`,
        Partition: partition,
        Region: region,
        Details: { AwsIamAccessKey: { PrincipalName: facts.userName, PrincipalType: 'IAMUser' } },
      },
    ],
    ...{ WorkflowState: 'NEW', Workflow: { Status: 'NEW' }, RecordState: 'ACTIVE' },
    FindingProviderFields: { Severity: severity, Types: types },
  };
}

/** The finding in OCSF (Detection Finding, class 2004), as Security Hub V2 sends it. */
export function ocsfDocument(facts: LoggingDisabled): object {
  const { accountId, region, partition, arn, createdAt } = facts;
  const millis = Date.parse(createdAt);
  return {
    ...{ activity_id: 1, activity_name: 'Create', category_uid: 2, category_name: 'Findings' },
    ...{ class_uid: 2004, class_name: 'Detection Finding', type_uid: 200401 },
    ...{ severity: 'Low', severity_id: 2, status: 'New', status_id: 1 },
    ...{ time: millis, time_dt: createdAt },
    cloud: { provider: 'AWS', region, cloud_partition: partition, account: { uid: accountId } },
    finding_info: {
      uid: arn,
      title,
      desc: description(facts),
      types: ['Stealth:IAMUser/CloudTrailLoggingDisabled'],
      ...{ created_time: millis, created_time_dt: createdAt },
      ...{ modified_time: millis, modified_time_dt: createdAt },
    },
    metadata: {
      version: '1.6.0',
      uid: `${facts.productArn}/${arn}`,
      product: { uid: facts.productArn, name: 'GuardDuty', vendor_name: 'Amazon' },
    },
    evidences: [
      {
        api: { operation: 'StopLogging', service: { name: 'cloudtrail.amazonaws.com' } },
        actor: { user: { name: facts.userName, credential_uid: facts.accessKeyId } },
        src_endpoint: { ip: facts.sourceIp },
      },
    ],
    resources: facts.trails.map((uid) => ({
      ...{
        uid,
        type: trailType,
        region,
        cloud_partition: partition,
        owner: { account: { uid: accountId } },
      },
    })),
    vendor_attributes: { severity: 'Low', severity_id: 2 },
  };
}
