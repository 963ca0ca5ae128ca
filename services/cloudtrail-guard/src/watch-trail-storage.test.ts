import { describe, expect, it } from '@jest/globals';
import { trailOf } from '@riposte/remediations/cloudtrail';
import { fakeGuard, home, mainTrail, runningTrail } from './testing/fake-guard.ts';
import { apiCall } from './testing/sample-events.ts';
import { watchTrailStorage } from './watch-trail-storage.ts';

const keyArn = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd';
const bucketCall = (bucketName: string, more = {}) =>
  apiCall({
    eventName: 'DeleteBucketPolicy',
    eventSource: 's3.amazonaws.com',
    requestParameters: { bucketName },
    ...more,
  });

function watching() {
  const guard = fakeGuard(runningTrail(mainTrail, { kmsKeyId: keyArn }));
  const watch = watchTrailStorage({
    ...guard.ports,
    ownAccount: home.accountId,
    ownRegion: home.region,
  });
  return { guard, watch };
}

describe('watchTrailStorage', () => {
  it('tells once of a change to the bucket of a trail, and changes nothing', async () => {
    const { guard, watch } = watching();
    expect((await watch(bucketCall('trail-logs')))[0]).toMatchObject({
      result: 'told',
      resource: 'arn:aws:s3:::trail-logs',
    });
    expect((await watch(bucketCall('trail-logs')))[0]?.result).toBe('duplicate');
    expect(guard.records.messages[0]?.message?.body).toContain('trails that depend on it: main');
    expect(guard.cloudTrail.calls.every((call) => call === 'DescribeTrails')).toBe(true);
  });

  it('passes over buckets and keys of others', async () => {
    const { watch } = watching();
    expect(await watch(bucketCall('somebody-elses'))).toEqual([]);
    const key = apiCall({
      eventName: 'DisableKey',
      eventSource: 'kms.amazonaws.com',
      requestParameters: { keyId: 'other' },
    });
    expect(await watch(key)).toEqual([]);
  });

  it.each([
    ['id', { requestParameters: { keyId: '1234abcd' } }],
    ['ARN', { requestParameters: { keyId: keyArn } }],
    ['alias', { requestParameters: { keyId: 'alias/trail' }, resources: [{ ARN: keyArn }] }],
    ['ARN in the resources alone', { requestParameters: {}, resources: [{ ARN: keyArn }] }],
  ])('recognises the key of a trail by its %s', async (_what, named) => {
    const { watch } = watching();
    const call = apiCall({ eventName: 'DisableKey', eventSource: 'kms.amazonaws.com', ...named });
    expect((await watch(call))[0]?.result).toBe('told');
  });

  it('names the key by its ARN where the call names its id', async () => {
    const { watch } = watching();
    const call = apiCall({
      eventName: 'ScheduleKeyDeletion',
      eventSource: 'kms.amazonaws.com',
      requestParameters: { keyId: '1234abcd' },
    });
    expect((await watch(call))[0]?.resource).toBe(keyArn);
  });

  it('knows the buckets of approved trails in other accounts', async () => {
    const { guard, watch } = watching();
    const central = trailOf('org', { accountId: '999999999999', region: 'us-east-1' });
    guard.approve(runningTrail(central, { s3BucketName: 'central', kmsKeyId: keyArn }));
    guard.approve(runningTrail(trailOf('plain', { ...home, region: 'eu-north-1' })));
    const call = bucketCall('central', { recipientAccountId: '888888888888' });
    expect((await watch(call))[0]?.result).toBe('told');
  });

  it('looks for trails where the call was made, too', async () => {
    const { guard, watch } = watching();
    await watch(bucketCall('trail-logs', { awsRegion: 'us-east-1' }));
    expect(guard.cloudTrail.calls).toEqual(['DescribeTrails', 'DescribeTrails']);
  });

  it('tells a failed attempt once an hour', async () => {
    const { guard, watch } = watching();
    const attempt = bucketCall('trail-logs', { errorCode: 'AccessDenied', eventID: 'e-2' });
    expect((await watch(attempt))[0]?.result).toBe('told');
    expect((await watch(bucketCall('trail-logs', { errorCode: 'AccessDenied' })))[0]?.result).toBe(
      'duplicate',
    );
    expect(guard.records.messages[0]?.kind).toBe('trail-attempt');
  });

  it('rejects a call that names neither bucket nor key', async () => {
    const { watch } = watching();
    const call = apiCall({ eventName: 'DisableKey', requestParameters: {} });
    await expect(watch(call)).rejects.toMatchObject({ path: 'detail.requestParameters.keyId' });
  });
});
