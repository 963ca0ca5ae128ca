import { CloudTrailServiceException } from '@aws-sdk/client-cloudtrail';
import { AccessRefusedError, ChangeRejectedError, ResourceGoneError } from '../errors.ts';

const gone = new Set([
  'InvalidHomeRegionException',
  'ResourceNotFoundException',
  'TrailNotFoundException',
  'UnknownTrailException',
]);
const refused = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'CloudTrailAccessNotEnabledException',
  'InsufficientDependencyServiceAccessPermissionException',
  'NoManagementAccountSLRExistsException',
  'NotOrganizationManagementAccountException',
  'NotOrganizationMasterAccountException',
  'OperationNotPermittedException',
  'UnauthorizedOperation',
  'UnrecognizedClientException',
  'UnsupportedOperationException',
]);

const onlyManagement =
  "only the organization's management account may do this: do it by hand there";

/**
 * What lets a refused change of an organization trail through.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-an-organizational-trail-prepare.html
 */
const advices: Readonly<Record<string, string>> = {
  InsufficientDependencyServiceAccessPermissionException:
    'grant the role that calls, in the management account: organizations:DescribeOrganization, ListAccounts, ListAWSServiceAccessForOrganization and EnableAWSServiceAccess; iam:GetRole and CreateServiceLinkedRole on AWSServiceRoleForCloudTrail',
  CloudTrailAccessNotEnabledException:
    'let CloudTrail into the organization, in the management account: aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com',
  NoManagementAccountSLRExistsException:
    "create CloudTrail's role in the management account: aws iam create-service-linked-role --aws-service-name cloudtrail.amazonaws.com",
  NotOrganizationManagementAccountException: onlyManagement,
  NotOrganizationMasterAccountException: onlyManagement,
};

const passing = new Set([
  'ConflictException',
  'ThrottlingException',
  'Throttling',
  'RequestLimitExceeded',
]);

/**
 * Says in this package's words what CloudTrail or STS answered. A trail that is managed from another Region is not there for who asks here.
 *
 * @throws ResourceGoneError, AccessRefusedError, ChangeRejectedError, or the error itself where trying again may help.
 */
export async function inOurWords<T>(resource: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw translated(resource, error);
  }
}

function translated(resource: string, error: unknown): unknown {
  const code = error instanceof Error ? error.name : '';
  if (refused.has(code)) {
    return new AccessRefusedError(resource, code, { cause: error, advice: advices[code] });
  }
  if (!(error instanceof CloudTrailServiceException)) return error;
  if (gone.has(code)) return new ResourceGoneError(resource, { cause: error });
  const permanent = error.$fault === 'client' && !passing.has(code) && !error.$retryable;
  return permanent ? new ChangeRejectedError(resource, code, { cause: error }) : error;
}
