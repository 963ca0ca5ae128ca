import { describe, expect, it } from '@jest/globals';
import { tellProblems } from './tell-problems.ts';
import { account, bucket, region, watchWorld } from './testing/watch-world.ts';
import { watchBucket } from './watch-bucket.ts';
import { type ResourceDataSync, watchSyncs } from './watch-syncs.ts';

const subject = { kind: 'bucket', account, region, name: bucket } as const;
const state = (versioning: string | undefined, notifies = true) => ({
  versioning: async () => versioning,
  notifies: async () => notifies,
});

describe('watchBucket', () => {
  it.each(['Suspended', undefined])('finds that versioning is %s (E13)', async (versioning) => {
    const { found } = await watchBucket(state(versioning), subject);
    expect(found).toMatchObject([{ problem: 'versioning-off', subject }]);
  });

  it('finds that nobody is told of new inventories', async () => {
    const { ports, told } = watchWorld();
    await tellProblems(ports)(await watchBucket(state('Enabled', false), subject));
    await tellProblems(ports)(await watchBucket(state('Enabled'), subject));
    expect(told.map(({ Title, RecordState }) => [Title, RecordState])).toEqual([
      [`Notifications off: ${bucket}`, 'ACTIVE'],
      [`Notifications off: ${bucket}`, 'ARCHIVED'],
    ]);
  });
});

describe('watchSyncs', () => {
  const options = { account, region, bucket, syncName: 'riposte' };
  const sync: ResourceDataSync = { name: 'riposte', bucket, status: 'Successful' };
  const found = async (...all: readonly ResourceDataSync[]) =>
    (await watchSyncs({ list: async () => all }, options)).found.map(
      ({ subject: { name }, details }) => [name, details.status],
    );

  it('finds a sync into the bucket that failed, with what Systems Manager says (O1)', async () => {
    expect(await found(sync)).toEqual([]);
    expect(await found({ ...sync, status: 'Failed' })).toEqual([['riposte', 'Failed']]);
    expect(await found(sync, { ...sync, name: 'other', bucket: 'b', status: 'Failed' })).toEqual(
      [],
    );
  });

  it('finds that the sync is gone, or goes elsewhere (O1)', async () => {
    expect(await found()).toEqual([['riposte', 'it is not there']]);
    expect(await found({ ...sync, bucket: 'elsewhere' })).toEqual([['riposte', 'it is not there']]);
  });

  it('expects no sync that is made elsewhere', async () => {
    const elsewhere = { ...options, syncName: '' };
    expect((await watchSyncs({ list: async () => [] }, elsewhere)).found).toEqual([]);
  });
});
