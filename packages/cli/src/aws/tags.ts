import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { awsResourceTags, type ResourceTags } from '@riposte/remediations/tagging';
import type { Connection } from './connection.ts';

/** Which resource's tags, and how its account is reached. */
export interface TagAccess {
  readonly accountId: string;
  readonly region: string;
  /** AWS profile of the resource's own account, if it is another than the caller's. */
  readonly accountProfile?: string;
}

/** Tags of resources in one account and Region. */
export function tagsFor(
  { config, accountId }: Connection,
  { region, accountProfile, ...resource }: TagAccess,
): ResourceTags {
  const isOwn = resource.accountId === accountId || accountProfile === undefined;
  const profile = isOwn ? {} : { profile: accountProfile };
  return awsResourceTags(new ResourceGroupsTaggingAPIClient({ ...config, region, ...profile }));
}
