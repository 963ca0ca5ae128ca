import { DescribeTrailsCommand, paginateListTrails } from '@aws-sdk/client-cloudtrail';
import { partitionOfRegion } from '@riposte/findings';
import { inOurWords } from './cloud-trail-errors.ts';
import type { CloudTrailIn, TrailFinder, TrailId, TrailPlace } from './ports.ts';
import { trailOf } from './trail-name.ts';

/** `TrailFinder` on CloudTrail. */
export function cloudTrailFinder(clientIn: CloudTrailIn): TrailFinder {
  const describe = async (place: TrailPlace, includeShadowTrails: boolean) => {
    const client = await clientIn(place);
    const { trailList = [] } = await client.send(
      new DescribeTrailsCommand({ includeShadowTrails }),
    );
    return trailList.flatMap(({ TrailARN, S3BucketName = '', KmsKeyId }) =>
      TrailARN
        ? {
            trail: trailOf(TrailARN, place),
            s3BucketName: S3BucketName,
            ...(KmsKeyId !== undefined && { kmsKeyId: KmsKeyId }),
          }
        : [],
    );
  };
  const described = async (place: TrailPlace, includeShadowTrails: boolean) =>
    (await describe(place, includeShadowTrails)).map(({ trail }) => trail);
  return {
    locate: (trail) =>
      inOurWords(trail.arn, async () => {
        const visible = await described(trail, true);
        return (
          visible.find(({ arn }) => arn === trail.arn) ??
          visible.find(({ name }) => name === trail.name)
        );
      }),
    homedIn: (place) =>
      inOurWords(`trails of ${place.accountId} in ${place.region}`, async () => {
        const visible = await described(withPartition(place), false);
        return visible.filter((trail) => isHomedIn(trail, place));
      }),
    storages: (place) =>
      inOurWords(`trails of ${place.accountId} in ${place.region}`, () =>
        describe(withPartition(place), true),
      ),
    homeRegions: (place) =>
      inOurWords(`trails of ${place.accountId}`, async () => {
        const client = await clientIn(withPartition(place));
        const regions = new Set<string>();
        for await (const { Trails = [] } of paginateListTrails({ client }, {})) {
          for (const { HomeRegion } of Trails) if (HomeRegion) regions.add(HomeRegion);
        }
        return [...regions];
      }),
  };
}

function isHomedIn(
  trail: TrailId,
  place: { readonly accountId: string; readonly region: string },
): boolean {
  return trail.accountId === place.accountId && trail.region === place.region;
}

function withPartition(place: { readonly accountId: string; readonly region: string }): TrailPlace {
  return { ...place, partition: partitionOfRegion(place.region) };
}
