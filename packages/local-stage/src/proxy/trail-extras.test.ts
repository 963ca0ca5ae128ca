import { describe, expect, it } from '@jest/globals';
import { errorCodeOf } from './exchange.ts';
import type { Members, TrailCall } from './trail-calls.ts';
import { trailExtras } from './trail-extras.ts';
import { trailStatus } from './trail-status.ts';

const arn = 'arn:aws:cloudtrail:us-east-1:123456789012:trail/main';
const trail = { Name: 'main', TrailARN: arn, HomeRegion: 'us-east-1' };

function trailCall(
  operation: string,
  members: Members,
  {
    accountId = '123456789012',
    region = 'us-east-1',
    ask = async () => ({ status: 200, members: { Trail: trail } }),
  }: { accountId?: string; region?: string; ask?: TrailCall['ask'] } = {},
): TrailCall {
  const call = {
    ...{ service: 'cloudtrail', operation, protocol: 'json' as const, userAgent: '' },
    ...{ accountId, region, accessKeyId: accountId },
  };
  return { call, members, ask };
}

describe('insight selectors', () => {
  const selectors = [{ InsightType: 'ApiErrorRateInsight' }];
  const put = { TrailName: 'main', InsightSelectors: selectors };
  const bodyOf = (answer: { body: Buffer } | undefined) => JSON.parse(String(answer?.body));

  it('are kept, and told by GetTrail and DescribeTrails', async () => {
    const extras = trailExtras();
    await extras.answer(trailCall('PutInsightSelectors', put));
    const got = await extras.answer(trailCall('GetInsightSelectors', { TrailName: 'main' }));
    expect(bodyOf(got)).toEqual({ TrailARN: arn, InsightSelectors: selectors });
    const one = await extras.amend(trailCall('GetTrail', { Name: 'main' }), { Trail: trail });
    expect(one).toEqual({ Trail: { ...trail, HasInsightSelectors: true } });
    const all = await extras.amend(trailCall('DescribeTrails', {}), { trailList: [trail] });
    expect(all).toEqual({ trailList: [{ ...trail, HasInsightSelectors: true }] });
  });

  it('end with an empty list, and with the trail', async () => {
    const extras = trailExtras();
    const get = trailCall('GetInsightSelectors', { TrailName: 'main' });
    const isOn = async () => (await extras.answer(get))?.status === 200;
    await extras.answer(trailCall('PutInsightSelectors', put));
    await extras.answer(trailCall('PutInsightSelectors', { ...put, InsightSelectors: [] }));
    expect(await isOn()).toBe(false);
    await extras.answer(trailCall('PutInsightSelectors', put));
    await extras.amend(trailCall('CreateTrail', { Name: 'main' }), { TrailARN: arn });
    expect(await isOn()).toBe(false);
  });

  it('are refused elsewhere than in the home Region, and where they are none', async () => {
    const extras = trailExtras();
    const away = await extras.answer(
      trailCall('PutInsightSelectors', put, { region: 'eu-west-1' }),
    );
    expect(bodyOf(away).__type).toBe('InvalidHomeRegionException');
    const odd = await extras.answer(
      trailCall('PutInsightSelectors', { ...put, InsightSelectors: [{ InsightType: 'x' }] }),
    );
    expect(bodyOf(odd).__type).toBe('InvalidInsightSelectorsException');
  });

  it('pass on that there is no such trail', async () => {
    const members = { __type: 'TrailNotFoundException' };
    const ask = async () => ({ status: 404, members });
    const answer = await trailExtras().answer(trailCall('PutInsightSelectors', put, { ask }));
    expect(answer?.status).toBe(404);
    expect(bodyOf(answer)).toEqual(members);
  });

  it('leave other calls to the emulator', async () => {
    await expect(
      trailExtras().answer(trailCall('StopLogging', { Name: 'main' })),
    ).resolves.toBeUndefined();
  });
});

describe('organization trails', () => {
  const created = { TrailARN: arn, IsOrganizationTrail: true };
  const member = { accountId: '210987654321' };
  const withTrail = async () => {
    const extras = trailExtras();
    await extras.amend(trailCall('CreateTrail', { Name: 'main' }), created);
    return extras;
  };

  it.each(['StartLogging', 'StopLogging', 'UpdateTrail', 'DeleteTrail'])(
    'refuse %s of a member',
    async (operation) => {
      const extras = await withTrail();
      const answer = await extras.answer(trailCall(operation, { Name: arn }, member));
      expect(answer && errorCodeOf(answer)).toBe('NotOrganizationMasterAccountException');
      expect(await extras.answer(trailCall(operation, { Name: arn }))).toBeUndefined();
    },
  );

  it('are read by members as their owner', async () => {
    const extras = await withTrail();
    expect(extras.readAs(trailCall('GetTrailStatus', { Name: arn }, member))).toBe('123456789012');
    expect(extras.readAs(trailCall('GetTrailStatus', { Name: arn }))).toBeUndefined();
    expect(extras.readAs(trailCall('GetTrailStatus', { Name: 'main' }, member))).toBeUndefined();
    expect(extras.readAs(trailCall('StopLogging', { Name: arn }, member))).toBeUndefined();
  });

  it('stand in the lists of members, if they are seen from there', async () => {
    const extras = await withTrail();
    const list = async (members: Members, found: readonly Members[]) => {
      const ask = async () => ({ status: 200, members: { trailList: found } });
      const described = trailCall('DescribeTrails', members, { ...member, ask });
      return (await extras.amend(described, { trailList: [] })).trailList;
    };
    expect(await list({}, [trail])).toHaveLength(1);
    expect(await list({ trailNameList: [arn] }, [trail])).toHaveLength(1);
    expect(await list({ trailNameList: ['other'] }, [trail])).toEqual([]);
    const ask = async () => ({ status: 400, members: {} });
    const failed = trailCall('DescribeTrails', {}, { ...member, ask });
    expect(await extras.amend(failed, {})).toEqual({ trailList: [] });
  });

  it('are ordinary trails again once they are updated to be', async () => {
    const extras = await withTrail();
    await extras.amend(trailCall('UpdateTrail', { Name: arn }), { TrailARN: arn });
    expect(extras.readAs(trailCall('GetTrail', { Name: arn }, member))).toBeUndefined();
  });
});

describe("a trail's status", () => {
  const rough = { IsLogging: false, StopLoggingTime: 1000, StartLoggingTime: 999 };

  it('has times in milliseconds, so that two stops of one second differ', () => {
    let now = 999_250;
    const status = trailStatus(() => now);
    status.amend(trailCall('StartLogging', { Name: 'main' }), {});
    now = 1_000_250;
    status.amend(trailCall('StopLogging', { Name: arn }), {});
    now = 1_000_900;
    status.amend(trailCall('StopLogging', { Name: 'main' }), {});
    const answer = status.amend(trailCall('GetTrailStatus', { Name: 'main' }), rough);
    expect(answer).toMatchObject({ StopLoggingTime: 1000.25, StartLoggingTime: 999.25 });
    const shadow = trailCall('GetTrailStatus', { Name: 'main' }, { region: 'eu-west-1' });
    expect(status.amend(shadow, rough)).toMatchObject({ StopLoggingTime: 1000.25 });
  });

  it('keeps times that were not seen', () => {
    const status = trailStatus(() => 5_000_000);
    expect(status.amend(trailCall('GetTrailStatus', { Name: 'main' }), rough)).toEqual(rough);
    status.amend(trailCall('CreateTrail', { Name: 'main' }), {});
    status.amend(trailCall('StartLogging', { Name: 'main' }), {});
    status.amend(trailCall('StopLogging', { Name: 'main' }), {});
    // A time far from what was seen is of another trail of that name.
    expect(status.amend(trailCall('GetTrailStatus', { Name: 'main' }), rough)).toEqual(rough);
  });

  it('says what deliveries were said to be', () => {
    const status = trailStatus();
    status.setDelivery(arn, {
      latestDeliveryTime: new Date(2000),
      latestDeliveryError: 'NoSuchBucket',
    });
    const expected = { LatestDeliveryTime: 2, LatestDeliveryError: 'NoSuchBucket' };
    for (const Name of ['main', arn])
      expect(status.amend(trailCall('GetTrailStatus', { Name }), {})).toEqual(expected);
    expect(status.amend(trailCall('GetTrailStatus', {}), {})).toEqual({});
  });
});
