/** The account, Region and time that samples happen in. */
export const home = { accountId: '123456789012', region: 'eu-west-1', partition: 'aws' } as const;

/** A role session without MFA, as CloudTrail describes it. */
export const roleSession = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLE:mallory',
  arn: 'arn:aws:sts::123456789012:assumed-role/Admin/mallory',
  accountId: '123456789012',
  accessKeyId: 'ASIAEXAMPLE',
  sessionContext: {
    sessionIssuer: {
      type: 'Role',
      arn: 'arn:aws:iam::123456789012:role/Admin',
      accountId: '123456789012',
      userName: 'Admin',
    },
    attributes: { creationDate: '2026-11-24T02:00:00Z', mfaAuthenticated: 'false' },
  },
} as const;

/** A JSON document. */
export type Document = Record<string, unknown>;

/**
 * One API call as CloudTrail records it: somebody stops the trail `main`. Members given as undefined are left out.
 *
 * @example
 * cloudTrailRecord({ eventName: 'DeleteTrail', errorCode: 'AccessDenied' });
 */
export function cloudTrailRecord(changes: Readonly<Document> = {}): Document {
  return without({
    eventVersion: '1.11',
    userIdentity: roleSession,
    eventTime: '2026-11-24T02:59:59Z',
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: 'StopLogging',
    awsRegion: home.region,
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.31',
    requestParameters: { name: 'main' },
    responseElements: null,
    requestID: 'b3d7b1f2-0000-4000-8000-000000000001',
    eventID: 'c9e1a7d4-0000-4000-8000-000000000001',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: home.accountId,
    eventCategory: 'Management',
    ...changes,
  });
}

/** A document without its undefined members. */
export function without(document: Readonly<Document>): Document {
  return Object.fromEntries(Object.entries(document).filter(([, value]) => value !== undefined));
}
