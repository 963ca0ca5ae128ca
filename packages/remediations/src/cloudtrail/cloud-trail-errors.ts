import { CloudTrailServiceException } from '@aws-sdk/client-cloudtrail';
import { AccessRefusedError, ResourceGoneError } from '../errors.ts';

const gone = new Set([
  'TrailNotFoundException',
  'ResourceNotFoundException',
  'UnknownTrailException',
]);
const refused = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'InsufficientDependencyServiceAccessPermissionException',
  'NotOrganizationMasterAccountException',
  'NotOrganizationManagementAccountException',
  'UnauthorizedOperation',
  'UnsupportedOperationException',
  'UnrecognizedClientException',
]);

/**
 * Says in this package's words what CloudTrail or STS answered.
 *
 * @throws ResourceGoneError, AccessRefusedError, or the error itself where trying again may help.
 */
export async function inOurWords<T>(resource: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const code = error instanceof Error ? error.name : '';
    if (error instanceof CloudTrailServiceException && gone.has(code)) {
      throw new ResourceGoneError(resource, { cause: error });
    }
    if (refused.has(code)) throw new AccessRefusedError(resource, code, { cause: error });
    throw error;
  }
}
