import {
  AddTagsCommand,
  type CloudTrailClient,
  CreateTrailCommand,
  DeleteTrailCommand,
  GetTrailCommand,
  PutEventSelectorsCommand,
  PutInsightSelectorsCommand,
  RemoveTagsCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import { inOurWords } from './cloud-trail-errors.ts';
import type { CloudTrailIn, TrailId, TrailSettings } from './ports.ts';
import { insightTypesOf, selectorsOf, tagsOf } from './read-trail-parts.ts';
import { configurationOf, createInput, selectorsInput, updateInput } from './trail-shapes.ts';

/** `TrailSettings` on CloudTrail. */
export function cloudTrailSettings(clientIn: CloudTrailIn): TrailSettings {
  const within = <T>(trail: TrailId, call: (client: CloudTrailClient) => Promise<T>): Promise<T> =>
    inOurWords(trail.arn, async () => call(await clientIn(trail)));
  return {
    read: (trail) =>
      within(trail, async (client) => {
        const { Trail = {} } = await client.send(new GetTrailCommand({ Name: trail.arn }));
        const [selectors, insightTypes, tags] = await Promise.all([
          selectorsOf(client, trail.arn),
          Trail.HasInsightSelectors ? insightTypesOf(client, trail.arn) : [],
          tagsOf(client, trail.arn),
        ]);
        return configurationOf(Trail, { ...selectors, insightTypes, tags });
      }),
    selectors: (trail) => within(trail, (client) => selectorsOf(client, trail.arn)),
    update: (trail, changes) =>
      within(trail, async (client) => {
        await client.send(new UpdateTrailCommand({ Name: trail.arn, ...updateInput(changes) }));
      }),
    putSelectors: (trail, selectors) =>
      within(trail, async (client) => {
        await client.send(
          new PutEventSelectorsCommand({ TrailName: trail.arn, ...selectorsInput(selectors) }),
        );
      }),
    putInsights: (trail, insightTypes) =>
      within(trail, async (client) => {
        const InsightSelectors = insightTypes
          .filter(isInsightType)
          .map((InsightType) => ({ InsightType }));
        await client.send(
          new PutInsightSelectorsCommand({ TrailName: trail.arn, InsightSelectors }),
        );
      }),
    changeTags: (trail, { set, remove }) =>
      within(trail, async (client) => {
        const ResourceId = trail.arn;
        const TagsList = Object.entries(set).map(([Key, Value]) => ({ Key, Value }));
        if (TagsList.length > 0) await client.send(new AddTagsCommand({ ResourceId, TagsList }));
        if (remove.length === 0) return;
        await client.send(
          new RemoveTagsCommand({ ResourceId, TagsList: remove.map((Key) => ({ Key })) }),
        );
      }),
    create: (trail, configuration) =>
      within(trail, async (client) => {
        await client.send(
          new CreateTrailCommand({ Name: trail.name, ...createInput(configuration) }),
        );
      }),
    remove: (trail) =>
      within(trail, async (client) => {
        await client.send(new DeleteTrailCommand({ Name: trail.arn }));
      }),
  };
}

function isInsightType(text: string): text is 'ApiCallRateInsight' | 'ApiErrorRateInsight' {
  return text === 'ApiCallRateInsight' || text === 'ApiErrorRateInsight';
}
