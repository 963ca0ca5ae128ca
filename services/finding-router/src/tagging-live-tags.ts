import {
  GetResourcesCommand,
  type ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { LiveTags } from './enrich/ports.ts';

const mostArns = 100;

/**
 * `LiveTags` by the Resource Groups Tagging API, in the client's account and Region.
 *
 * @see https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export function taggingLiveTags(client: ResourceGroupsTaggingAPIClient): LiveTags {
  return {
    async of(arns) {
      const found = new Map<string, Readonly<Record<string, string>>>();
      for (let at = 0; at < arns.length; at += mostArns) {
        const ResourceARNList = arns.slice(at, at + mostArns);
        const { ResourceTagMappingList = [] } = await client.send(
          new GetResourcesCommand({ ResourceARNList }),
        );
        for (const { ResourceARN = '', Tags = [] } of ResourceTagMappingList) {
          const entries = Tags.map(({ Key = '', Value = '' }) => [Key, Value]);
          found.set(ResourceARN, Object.fromEntries(entries));
        }
      }
      return found;
    },
  };
}
