import { describe, expect, it } from '@jest/globals';
import type { Played, PlayedService } from '@riposte/local-stage';
import { intruder } from './callers.ts';
import { account, type GuardWorld } from './guard-world.ts';

/** Changes to the buckets and keys that trails depend on: told, never answered. */
export function storageCases(world: () => GuardWorld): void {
  type Input = Readonly<Record<string, unknown>>;
  const quietly = async (service: PlayedService, operation: string, input: Input) =>
    Object(
      (await world().stage.play.apiCall({ service, operation, input, deliver: false })).output,
    );
  const newKey = async (): Promise<string> =>
    String(Object((await quietly('kms', 'CreateKey', {})).KeyMetadata).Arn);
  const hear = (act: () => Promise<Played>) => world().runs.after(act);
  const told = async ({ event }: Played) => {
    const records = await world().records.list({ limit: 1000 });
    return records.filter(({ trigger }) => trigger.eventId === Object(event.detail).eventID);
  };
  const how = { caller: intruder, deliver: { always: true } } as const;

  describe("a change to a trail's bucket", () => {
    const policy = { Version: '2012-10-17', Statement: [] };
    const rule = { ID: 'gone-tomorrow', Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } };
    const acts: readonly (readonly [string, (bucket: string) => Promise<Played>])[] = [
      ['PutBucketPolicy', (bucket) => world().stage.play.putBucketPolicy(bucket, policy, how)],
      ['DeleteBucketPolicy', (bucket) => world().stage.play.deleteBucketPolicy(bucket, how)],
      [
        'PutBucketLifecycle',
        (bucket) => world().stage.play.putBucketLifecycle(bucket, [rule], how),
      ],
      ['DeleteBucket', (bucket) => world().stage.play.deleteBucket(bucket, how)],
    ];

    it.each(acts)('%s is told, with the trails that depend on it', async (eventName, act) => {
      const bucket = `logs-of-${eventName.toLowerCase()}`;
      await quietly('s3', 'CreateBucket', { Bucket: bucket });
      const trail = await world().trails.startNew(`into-${eventName}`, { S3BucketName: bucket });
      const played = await hear(() => act(bucket));
      expect(played.errorCode).toBeUndefined();
      const [record] = await told(played);
      expect(record).toMatchObject({
        kind: 'trail-storage',
        status: 'told',
        plan: [],
        trigger: { eventName },
        resource: { arn: `arn:aws:s3:::${bucket}`, type: 'AWS::S3::Bucket' },
        before: { trails: [trail.arn] },
      });
      const { message } = await world().told(record?.id ?? '');
      expect(message).toContain(`trails that depend on it: into-${eventName}`);
      expect(message).toContain('Session: mallory');
    });

    it('of no trail is passed over', async () => {
      await quietly('s3', 'CreateBucket', { Bucket: 'holiday-pictures' });
      const played = await hear(() =>
        world().stage.play.deleteBucketPolicy('holiday-pictures', how),
      );
      expect(played.delivery?.matched).not.toEqual([]);
      expect(await told(played)).toEqual([]);
    });
  });

  describe("a change to a trail's key", () => {
    it.each(['disableKey', 'scheduleKeyDeletion'] as const)('%s is told', async (operation) => {
      const key = await newKey();
      await world().trails.startNew(`with-${operation}`, { KmsKeyId: key });
      const played = await hear(() => world().stage.play[operation](key, how));
      const [record] = await told(played);
      expect(record).toMatchObject({
        kind: 'trail-storage',
        status: 'told',
        resource: { arn: key, type: 'AWS::KMS::Key' },
      });
      expect((await world().told(record?.id ?? '')).subject).toContain(
        'TOLD: storage of a trail was changed',
      );
    });

    it('of no trail is passed over', async () => {
      const key = await newKey();
      expect(await told(await hear(() => world().stage.play.disableKey(key, how)))).toEqual([]);
    });

    it('that AWS refused is told as an attempt', async () => {
      const key = await newKey();
      await world().trails.startNew('well-kept', { KmsKeyId: key });
      const remove = world().stage.faults.add({ appId: 'stage-play', effect: 'deny' });
      const played = await hear(() => world().stage.play.disableKey(key, how));
      remove();
      expect(played.errorCode).toBe('AccessDenied');
      expect(await told(played)).toMatchObject([
        { kind: 'trail-attempt', status: 'told', resource: { accountId: account } },
      ]);
    });
  });
}
