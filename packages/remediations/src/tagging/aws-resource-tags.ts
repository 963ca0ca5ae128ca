import {
  type FailureInfo,
  GetResourcesCommand,
  type ResourceGroupsTaggingAPIClient,
  ResourceGroupsTaggingAPIServiceException,
  TagResourcesCommand,
  UntagResourcesCommand,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { AccessRefusedError, ChangeRejectedError, ServiceFailedError } from '../errors.ts';
import type { ResourceTags } from './ports.ts';

/**
 * `ResourceTags` by the Resource Groups Tagging API, in the client's account and Region.
 *
 * @see https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/overview.html
 */
export function awsResourceTags(client: ResourceGroupsTaggingAPIClient): ResourceTags {
  return {
    read: (arn) =>
      inOurWords(arn, async () => {
        const { ResourceTagMappingList = [] } = await client.send(
          new GetResourcesCommand({ ResourceARNList: [arn] }),
        );
        const held = ResourceTagMappingList.find(({ ResourceARN }) => ResourceARN === arn);
        return Object.fromEntries((held?.Tags ?? []).map(({ Key, Value = '' }) => [Key, Value]));
      }),
    change: (arn, { set, remove }) =>
      inOurWords(arn, async () => {
        const ResourceARNList = [arn];
        if (Object.keys(set).length > 0) {
          const command = new TagResourcesCommand({ ResourceARNList, Tags: { ...set } });
          throwFailure(arn, (await client.send(command)).FailedResourcesMap);
        }
        if (remove.length > 0) {
          const command = new UntagResourcesCommand({ ResourceARNList, TagKeys: [...remove] });
          throwFailure(arn, (await client.send(command)).FailedResourcesMap);
        }
      }),
  };
}

/** The call succeeds where a resource's own service refuses: what it said is in the answer. */
function throwFailure(arn: string, failed: Readonly<Record<string, FailureInfo>> = {}): void {
  const [failure] = Object.values(failed);
  if (!failure) return;
  const code: string = failure.ErrorCode ?? 'refused';
  if (refused.has(code)) throw new AccessRefusedError(arn, code);
  const passes = (failure.StatusCode ?? 400) >= 500 || passing.has(code);
  throw passes ? new ServiceFailedError(arn, code) : new ChangeRejectedError(arn, code);
}

const refused = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);
const passing = new Set([
  'ConcurrentModificationException',
  'InternalServiceException',
  'RequestLimitExceeded',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
]);

/** What AWS answered, in this package's words; the error itself where trying again may help. */
async function inOurWords<T>(arn: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ResourceGroupsTaggingAPIServiceException)) throw error;
    const { name } = error;
    if (refused.has(name)) throw new AccessRefusedError(arn, name, { cause: error });
    const isFinal = error.$fault === 'client' && !passing.has(name) && !error.$retryable;
    throw isFinal ? new ChangeRejectedError(arn, name, { cause: error }) : error;
  }
}
