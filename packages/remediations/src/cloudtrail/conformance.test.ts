import { describe, expect, it } from '@jest/globals';
import type { Remediation } from '../remediation.ts';
import { type FakeTrails, fakeTrails, sampleConfiguration } from './fake-trails.ts';
import { canonical } from './narrowed-selectors.ts';
import type { TrailConfiguration, TrailPorts } from './ports.ts';
import { readExistence, recreateTrail } from './recreate-trail.ts';
import { restartTrail } from './restart-trail.ts';
import { restoreTrail } from './restore-trail.ts';
import { trailOf } from './trail-name.ts';

const trail = trailOf('main', { accountId: '123456789012', region: 'eu-west-1' });
const now = () => new Date('2026-11-24T03:00:00.000Z');
const status = { isLogging: true, startedAt: '2026-11-01T00:00:00.000Z' };

/** Everything that a trail is, as text: what "nothing changed" is compared by. */
function stateOf(trails: FakeTrails): string {
  const { held } = trails;
  return canonical(
    [...held.values()].map(({ status: { isLogging }, configuration }) => [
      isLogging,
      configuration,
    ]),
  );
}

/** A remediation with a broken trail to try it on. */
interface Trial {
  readonly name: string;
  readonly broken: FakeTrails;
  plan(): Promise<readonly unknown[]>;
  apply(): Promise<void>;
  verify(): Promise<boolean>;
  undo(): Promise<void>;
}

interface Tried<TTarget, TBefore> {
  readonly name: string;
  readonly remediation: Remediation<TTarget, TBefore, TrailPorts>;
  readonly target: TTarget;
  readonly broken: FakeTrails;
  read(): Promise<TBefore>;
}

/** Reads the state before once, as a response record does, and works on it from then on. */
function trial<TTarget, TBefore>(tried: Tried<TTarget, TBefore>): Trial {
  const { name, remediation, target, broken, read } = tried;
  const before = read();
  return {
    name,
    broken,
    plan: async () => remediation.plan(target, await before),
    apply: async () => remediation.apply(target, await before, broken),
    verify: async () => (await remediation.verify(target, broken)).verified,
    undo: async () => remediation.undo(target, await before, broken),
  };
}

function restoring(
  name: string,
  changes: Partial<TrailConfiguration>,
  approvedAs = {},
): () => Trial {
  return () => {
    const approved = sampleConfiguration(approvedAs);
    const configuration = sampleConfiguration({ ...approvedAs, ...changes });
    const broken = fakeTrails(now, { id: trail, status, configuration });
    const mend = () => true;
    const target = { trail, approved, mend };
    return trial({
      name,
      remediation: restoreTrail,
      target,
      broken,
      read: () => broken.read(trail),
    });
  };
}

const trials: readonly (() => Trial)[] = [
  () => {
    const stopped = {
      id: trail,
      status: { isLogging: false },
      configuration: sampleConfiguration(),
    };
    const broken = fakeTrails(now, stopped);
    const read = () => broken.status(trail);
    return trial({ name: 'restart', remediation: restartTrail, target: trail, broken, read });
  },
  () => {
    const broken = fakeTrails(now);
    const approved = sampleConfiguration({
      insightTypes: ['ApiCallRateInsight'],
      tags: { a: 'b' },
    });
    const read = () => readExistence(trail, broken);
    return trial({
      name: 'recreate',
      remediation: recreateTrail,
      target: { trail, approved },
      broken,
      read,
    });
  },
  restoring('restore one Region', { isMultiRegionTrail: false }),
  restoring('restore global events', { includeGlobalServiceEvents: false }),
  restoring(
    'restore the organization',
    { isOrganizationTrail: false },
    { isOrganizationTrail: true },
  ),
  restoring('restore validation', { logFileValidationEnabled: false }),
  restoring('restore bucket and prefix', { s3BucketName: 'evil', s3KeyPrefix: 'x' }),
  restoring(
    'restore the key',
    { kmsKeyId: 'arn:aws:kms:::key/evil' },
    { kmsKeyId: 'arn:aws:kms:::key/1' },
  ),
  restoring('take a foreign key away', { kmsKeyId: 'arn:aws:kms:::key/evil' }),
  restoring('restore the topic', { snsTopicName: 'evil' }, { snsTopicName: 'deliveries' }),
  restoring(
    'restore CloudWatch Logs',
    { cloudWatchLogsLogGroupArn: 'evil' },
    { cloudWatchLogsLogGroupArn: 'g', cloudWatchLogsRoleArn: 'r' },
  ),
  restoring('take foreign CloudWatch Logs away', {
    cloudWatchLogsLogGroupArn: 'g',
    cloudWatchLogsRoleArn: 'r',
  }),
  restoring('restore basic selectors', { eventSelectors: [{ ReadWriteType: 'ReadOnly' }] }),
  restoring(
    'restore advanced selectors',
    { advancedEventSelectors: [] },
    {
      eventSelectors: [],
      advancedEventSelectors: [
        { Name: 'all', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
      ],
    },
  ),
  restoring('restore Insights', { insightTypes: [] }, { insightTypes: ['ApiErrorRateInsight'] }),
  restoring('restore tags', { tags: { mine: 'x', owner: 'y' } }, { tags: { owner: 'security' } }),
];

describe.each(trials.map((make) => [make().name, make] as const))('%s', (_name, make) => {
  it('changes nothing by planning', async () => {
    const tried = make();
    const state = stateOf(tried.broken);
    expect((await tried.plan()).length).toBeGreaterThan(0);
    expect(stateOf(tried.broken)).toBe(state);
  });

  it('is verified only once it is applied', async () => {
    const tried = make();
    expect(await tried.verify()).toBe(false);
    await tried.apply();
    expect(await tried.verify()).toBe(true);
  });

  it('comes to the same when it is applied twice', async () => {
    const tried = make();
    await tried.apply();
    const once = stateOf(tried.broken);
    await tried.apply();
    expect(stateOf(tried.broken)).toBe(once);
  });

  it('brings the state of before back when it is undone', async () => {
    const tried = make();
    const before = stateOf(tried.broken);
    await tried.plan();
    await tried.apply();
    await tried.undo();
    expect(stateOf(tried.broken)).toBe(before);
    await tried.undo();
    expect(stateOf(tried.broken)).toBe(before);
  });
});

describe('restartTrail', () => {
  it('has nothing to plan, and nothing to undo, where the trail records', async () => {
    const trails = fakeTrails(now, { id: trail, status, configuration: sampleConfiguration() });
    expect(restartTrail.plan(trail, status)).toEqual([]);
    await restartTrail.undo(trail, status, trails);
    expect(trails.calls).toEqual([]);
  });

  it('says a delivery error aloud', async () => {
    const failing = { isLogging: true, latestDeliveryError: 'AccessDenied' };
    const trails = fakeTrails(now, {
      id: trail,
      status: failing,
      configuration: sampleConfiguration(),
    });
    expect((await restartTrail.verify(trail, trails)).evidence).toBe(
      'GetTrailStatus: IsLogging true; LatestDeliveryError AccessDenied',
    );
  });
});

describe('recreateTrail', () => {
  const target = { trail, approved: sampleConfiguration() };

  it('has nothing to do where the trail exists', async () => {
    const trails = fakeTrails(now, { id: trail, status, configuration: sampleConfiguration() });
    const before = await readExistence(trail, trails);
    expect(recreateTrail.plan(target, before)).toEqual([]);
    trails.calls.length = 0;
    await recreateTrail.apply(target, before, trails);
    await recreateTrail.undo(target, before, trails);
    expect(trails.calls).toEqual([]);
  });

  it('goes on from a trail that was created and not started', async () => {
    const trails = fakeTrails(now);
    await trails.create(trail, sampleConfiguration());
    await recreateTrail.apply(target, { exists: false }, trails);
    expect(trails.calls.filter((call) => call === 'CreateTrail')).toHaveLength(1);
    expect((await recreateTrail.verify(target, trails)).verified).toBe(true);
  });

  it('says what is missing', async () => {
    const trails = fakeTrails(now);
    expect((await recreateTrail.verify(target, trails)).evidence).toBe(
      'GetTrail: the trail does not exist',
    );
    await trails.create(trail, sampleConfiguration({ isMultiRegionTrail: false }));
    expect((await recreateTrail.verify(target, trails)).evidence).toBe(
      'GetTrailStatus: IsLogging false; not as approved: recording of all Regions',
    );
  });

  it('does not take a trail for gone that it may not read', async () => {
    const held = { id: trail, status, configuration: sampleConfiguration(), refused: true };
    await expect(readExistence(trail, fakeTrails(now, held))).rejects.toMatchObject({
      name: 'AccessRefusedError',
    });
  });
});
