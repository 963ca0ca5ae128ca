import type { PlayedService } from './types.ts';

/** Lambda's CloudTrail names carry the API's version. @see https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html */
const lambdaSuffixes: Readonly<Record<string, string>> = {
  AddPermission: '20150331v2',
  CreateEventSourceMapping: '20150331',
  CreateFunction: '20150331',
  DeleteEventSourceMapping: '20150331',
  DeleteFunction: '20150331',
  DeleteFunctionConcurrency: '20171031',
  GetFunction: '20150331v2',
  ListFunctions: '20150331',
  PutFunctionConcurrency: '20171031',
  RemovePermission: '20150331v2',
  UpdateEventSourceMapping: '20150331',
  UpdateFunctionCode: '20150331v2',
  UpdateFunctionConfiguration: '20150331v2',
};

/** S3's configuration calls are older than their names in the SDK. */
const s3Names: Readonly<Record<string, string>> = {
  PutBucketLifecycleConfiguration: 'PutBucketLifecycle',
  GetBucketLifecycleConfiguration: 'GetBucketLifecycle',
  PutBucketNotificationConfiguration: 'PutBucketNotification',
};

/** What CloudTrail calls an operation of the SDK. */
export function eventNameOf(service: PlayedService, operation: string): string {
  if (service === 'lambda') return `${operation}${lambdaSuffixes[operation] ?? ''}`;
  if (service === 's3') return s3Names[operation] ?? operation;
  return operation;
}

/** True for calls that change nothing. */
export function isReadOnly(operation: string): boolean {
  return /^(?:Get|List|Describe|Lookup|Head|Test|Simulate)/.test(operation);
}

/** The Region in which a call is recorded: IAM's calls in the one that its partition is run from. */
export function eventRegion(service: PlayedService, region: string): string {
  if (service !== 'iam') return region;
  if (region.startsWith('cn-')) return 'cn-north-1';
  return region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1';
}
