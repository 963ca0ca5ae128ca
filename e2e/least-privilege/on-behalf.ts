import type { Grant } from './deployed-role.ts';

/** What decides which permissions AWS uses with a function's role by itself. */
export interface BehalfFacts {
  readonly functionArn: string;
  readonly isTraced: boolean;
  /** Queues and streams that mappings read. */
  readonly sources: readonly string[];
  /** Where failed invocations and batches go. */
  readonly destinations: readonly string[];
  /** What the role allows. */
  readonly grants: readonly Grant[];
}

/**
 * Permissions that AWS uses on a function's behalf: no call of the function shows them, and the emulator does without. Each with the page that
 * asks for it.
 */
export function onBehalf(facts: BehalfFacts): readonly Grant[] {
  const { functionArn, isTraced, sources, destinations, grants } = facts;
  const [, partition = '', , region, accountId = '', , name] = functionArn.split(':');
  const group = `arn:${partition}:logs:${region}:${accountId}:log-group:/aws/lambda/${name}:*:*`;
  return [
    // https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
    ...granted(['logs:CreateLogStream', 'logs:PutLogEvents'], group),
    // https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
    ...(isTraced ? granted(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*') : []),
    ...sources.flatMap(reading),
    ...[...new Set(destinations)].flatMap(sending),
    ...listingOf(grants),
    ...(grants.some(writesTrails) ? organizationTrails(partition, accountId) : []),
  ];
}

function writesTrails({ action }: Grant): boolean {
  return action === 'cloudtrail:CreateTrail' || action === 'cloudtrail:UpdateTrail';
}

/**
 * Whoever may not list a bucket is told of an object that is not there that access is denied, not that it is missing.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
function listingOf(grants: readonly Grant[]): readonly Grant[] {
  const read = grants.filter(({ action }) => action === 's3:GetObject');
  const buckets = new Set(read.map(({ resource }) => resource.replace(/\/.*$/, '')));
  return [...buckets].flatMap((bucket) => granted(['s3:ListBucket'], bucket));
}

/**
 * What CloudTrail does with the permissions of whoever creates or updates an organization trail. The page lists
 * DisableAWSServiceAccess as well, which is not wanted here.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-an-organizational-trail-prepare.html
 */
function organizationTrails(partition: string, accountId: string): readonly Grant[] {
  const service = 'cloudtrail.amazonaws.com';
  const role = `arn:${partition}:iam::${accountId}:role/aws-service-role/${service}/AWSServiceRoleForCloudTrail`;
  return [
    ...granted(
      ['DescribeOrganization', 'ListAccounts', 'ListAWSServiceAccessForOrganization'].map(
        (operation) => `organizations:${operation}`,
      ),
      '*',
    ),
    {
      action: 'organizations:EnableAWSServiceAccess',
      resource: '*',
      condition: { StringEquals: { 'organizations:ServicePrincipal': service } },
    },
    { action: 'iam:GetRole', resource: role },
    {
      action: 'iam:CreateServiceLinkedRole',
      resource: role,
      condition: { StringEquals: { 'iam:AWSServiceName': service } },
    },
  ];
}

const readings: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  // https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
  dynamodb: [
    ...['dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
    ...['dynamodb:DescribeStream', 'dynamodb:ListStreams'],
  ],
};

function reading(sourceArn: string): readonly Grant[] {
  const actions = readings[sourceArn.split(':')[2] ?? ''];
  if (!actions) throw new RangeError(`what does reading ${sourceArn} take?`);
  return granted(actions, sourceArn);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function sending(destinationArn: string): readonly Grant[] {
  if (destinationArn.split(':')[2] !== 'sqs') {
    throw new RangeError(`what does sending to ${destinationArn} take?`);
  }
  return granted(['sqs:SendMessage'], destinationArn);
}

function granted(actions: readonly string[], resource: string): readonly Grant[] {
  return actions.map((action) => ({ action, resource }));
}
