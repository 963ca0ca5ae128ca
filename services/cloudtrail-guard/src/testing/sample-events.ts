/** Who calls in sample events. */
export const intruder = {
  type: 'AssumedRole',
  arn: 'arn:aws:sts::123456789012:assumed-role/Admin/mallory',
  accessKeyId: 'ASIAEXAMPLE',
  sessionContext: {
    sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::123456789012:role/Admin', userName: 'Admin' },
    attributes: { mfaAuthenticated: 'false' },
  },
};

/** What a sample API call differs in. */
export interface CallSample {
  readonly eventName: string;
  readonly eventSource?: string;
  readonly requestParameters?: Readonly<Record<string, unknown>>;
  readonly [member: string]: unknown;
}

/** An API call as EventBridge delivers it. */
export function apiCall({ eventName, ...detail }: CallSample): Record<string, unknown> {
  const source = detail.eventSource ?? 'cloudtrail.amazonaws.com';
  return {
    version: '0',
    id: '7bf73129-1428-4cd3-a780-95db273d1602',
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${source.split('.')[0]}`,
    account: '123456789012',
    time: '2026-11-24T02:59:59Z',
    region: 'eu-west-1',
    resources: [],
    detail: {
      eventVersion: '1.11',
      userIdentity: intruder,
      eventTime: '2026-11-24T02:59:59Z',
      eventSource: source,
      eventName,
      awsRegion: 'eu-west-1',
      sourceIPAddress: '198.51.100.7',
      userAgent: 'aws-cli/2.31',
      requestParameters: { name: 'main' },
      responseElements: null,
      eventID: 'e-1',
      eventType: 'AwsApiCall',
      recipientAccountId: '123456789012',
      ...detail,
    },
  };
}

const findingId =
  'arn:aws:guardduty:eu-west-1:123456789012:detector/12abc34d567e8fa901bc2d34e56789f0/finding/f1';

function envelope(source: string, detailType: string, detail: unknown): Record<string, unknown> {
  return {
    version: '0',
    id: '8e5622f9-d81c-4d81-612a-9319e7ee2506',
    'detail-type': detailType,
    source,
    account: '123456789012',
    time: '2026-11-24T03:04:00Z',
    region: 'eu-west-1',
    resources: [findingId],
    detail,
  };
}

/** A Security Hub event with one ASFF finding that trails were stopped. */
export function asffEvent(
  trails: readonly string[],
  type = 'TTPs/Defense Evasion/Stealth:IAMUser-CloudTrailLoggingDisabled',
): Record<string, unknown> {
  const affected = 'action/awsApiCallAction/affectedResources/AWS::CloudTrail::Trail';
  const accessKey = {
    PrincipalType: 'IAMUser',
    PrincipalName: 'mallory',
    AccessKeyId: 'AKIAEXAMPLE',
  };
  return envelope('aws.securityhub', 'Security Hub Findings - Imported', {
    findings: [
      {
        SchemaVersion: '2018-10-08',
        Id: findingId,
        ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/guardduty',
        ProductName: 'GuardDuty',
        GeneratorId:
          'arn:aws:guardduty:eu-west-1:123456789012:detector/12abc34d567e8fa901bc2d34e56789f0',
        AwsAccountId: '123456789012',
        Region: 'eu-west-1',
        Types: [type],
        CreatedAt: '2026-11-24T03:03:00.000Z',
        UpdatedAt: '2026-11-24T03:03:00.000Z',
        Severity: { Label: 'LOW', Normalized: 20, Product: 2 },
        Title: 'AWS CloudTrail trail main was disabled.',
        Description: 'AWS CloudTrail trail main was disabled by mallory calling StopLogging.',
        ProductFields: {
          ...(trails.length > 0 && { [affected]: trails.join(',') }),
          'action/actionType': 'AWS_API_CALL',
          'action/awsApiCallAction/api': 'StopLogging',
          'action/awsApiCallAction/remoteIpDetails/ipAddressV4': '198.51.100.7',
        },
        Resources: [
          {
            Type: 'AwsIamAccessKey',
            Id: 'AWS::IAM::AccessKey:AKIAEXAMPLE',
            Partition: 'aws',
            Region: 'eu-west-1',
            Details: { AwsIamAccessKey: accessKey },
          },
        ],
        WorkflowState: 'NEW',
        Workflow: { Status: 'NEW' },
        RecordState: 'ACTIVE',
      },
    ],
  });
}

/** GuardDuty's own event that a trail was stopped. */
export function guardDutyEvent(trail: string): Record<string, unknown> {
  return envelope('aws.guardduty', 'GuardDuty Finding', {
    schemaVersion: '2.0',
    accountId: '123456789012',
    region: 'eu-west-1',
    partition: 'aws',
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
          affectedResources: { 'AWS::CloudTrail::Trail': trail },
        },
      },
    },
    severity: 2,
    createdAt: '2026-11-24T03:03:00.000Z',
    updatedAt: '2026-11-24T03:03:00.000Z',
    title: 'AWS CloudTrail trail main was disabled.',
    description: 'AWS CloudTrail trail main was disabled by mallory calling StopLogging.',
  });
}

/** A Security Hub event with one OCSF finding that a trail was stopped. */
export function ocsfEvent(trail: string): Record<string, unknown> {
  return envelope('aws.securityhub', 'Findings Imported V2', {
    findings: [
      {
        activity_id: 1,
        category_uid: 2,
        class_uid: 2004,
        class_name: 'Detection Finding',
        cloud: { account: { uid: '123456789012' }, provider: 'AWS', region: 'eu-west-1' },
        finding_info: {
          uid: findingId,
          title: 'AWS CloudTrail trail main was disabled.',
          desc: 'AWS CloudTrail trail main was disabled by mallory calling StopLogging.',
          types: ['TTPs/Defense Evasion/Stealth:IAMUser-CloudTrailLoggingDisabled'],
          created_time_dt: '2026-11-24T03:03:00.000Z',
        },
        metadata: {
          product: {
            uid: 'arn:aws:securityhub:eu-west-1::productv2/aws/guardduty',
            name: 'GuardDuty',
          },
          version: '1.6.0',
        },
        resources: [{ type: 'AWS::CloudTrail::Trail', uid: trail, region: 'eu-west-1' }],
        severity: 'Low',
        severity_id: 2,
        status: 'New',
        status_id: 1,
        time: 1795489380000,
        time_dt: '2026-11-24T03:03:00.000Z',
        type_uid: 200401,
      },
    ],
  });
}
