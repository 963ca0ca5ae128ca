import {
  type CloudTrailClient,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  InsightNotEnabledException,
  ListTagsCommand,
} from '@aws-sdk/client-cloudtrail';
import type { TrailSelectors } from './ports.ts';
import { advancedSelectorOf, basicSelectorOf } from './trail-shapes.ts';

/** A trail's event selectors, basic or advanced. */
export async function selectorsOf(client: CloudTrailClient, arn: string): Promise<TrailSelectors> {
  const reply = await client.send(new GetEventSelectorsCommand({ TrailName: arn }));
  return {
    eventSelectors: (reply.EventSelectors ?? []).map(basicSelectorOf),
    advancedEventSelectors: (reply.AdvancedEventSelectors ?? []).map(advancedSelectorOf),
  };
}

/** A trail's insight types; none where Insights is off. */
export async function insightTypesOf(
  client: CloudTrailClient,
  arn: string,
): Promise<readonly string[]> {
  try {
    const reply = await client.send(new GetInsightSelectorsCommand({ TrailName: arn }));
    return (reply.InsightSelectors ?? []).flatMap(({ InsightType }) => InsightType ?? []).sort();
  } catch (error) {
    if (error instanceof InsightNotEnabledException) return [];
    throw error;
  }
}

/** A trail's tags. */
export async function tagsOf(
  client: CloudTrailClient,
  arn: string,
): Promise<Readonly<Record<string, string>>> {
  const { ResourceTagList = [] } = await client.send(
    new ListTagsCommand({ ResourceIdList: [arn] }),
  );
  const pairs = (ResourceTagList[0]?.TagsList ?? []).flatMap(({ Key, Value = '' }) =>
    Key === undefined ? [] : [[Key, Value] as const],
  );
  return Object.fromEntries(pairs);
}
