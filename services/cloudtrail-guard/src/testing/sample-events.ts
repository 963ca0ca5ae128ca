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
