import type {
  AttachedStage,
  Caller,
  DeliveryReport,
  GuardDutyForm,
  Played,
  ServiceEvent,
} from '@riposte/local-stage';

/** What a scenario is played with. */
export interface Scene {
  readonly stage: Pick<AttachedStage, 'play' | 'accountId' | 'region'>;
  readonly trail: string;
  readonly caller: Caller;
  /** Further copies of the event. */
  readonly duplicates: number;
}

/** What became of it. */
export interface Performance {
  readonly event: ServiceEvent;
  readonly delivery?: DeliveryReport;
  readonly errorCode?: string;
}

/** Something that can be made happen on a local stage. */
export interface Scenario {
  readonly what: string;
  perform(scene: Scene): Promise<Performance>;
}

/** Everything that `riposte stage play` knows by name. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  'stop-trail': {
    what: 'somebody stops the trail',
    perform: ({ stage, trail, ...how }) => stage.play.stopTrail(trail, options(how)),
  },
  'delete-trail': {
    what: 'somebody deletes the trail',
    perform: ({ stage, trail, ...how }) => stage.play.deleteTrail(trail, options(how)),
  },
  'weaken-trail': {
    what: 'somebody switches log file validation and recording of all Regions off',
    perform: ({ stage, trail, ...how }) =>
      stage.play.updateTrail(
        trail,
        { EnableLogFileValidation: false, IsMultiRegionTrail: false },
        options(how),
      ),
  },
  'blind-trail': {
    what: 'somebody takes management events out of the selectors',
    perform: ({ stage, trail, ...how }) =>
      stage.play.putEventSelectors(
        trail,
        { EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: false }] },
        options(how),
      ),
  },
  'open-bucket': {
    what: "somebody deletes the policy of the trail's bucket",
    perform: ({ stage, trail, ...how }) =>
      stage.play.deleteBucketPolicy(bucketOf(trail), options(how)),
  },
  'finding-guardduty': finding('guardduty', 'from GuardDuty itself'),
  'finding-asff': finding('asff', 'from Security Hub, in ASFF'),
  'finding-ocsf': finding('ocsf', 'from Security Hub, in OCSF'),
};

function finding(form: GuardDutyForm, whence: string): Scenario {
  return {
    what: `the finding that logging was disabled, ${whence}`,
    perform: ({ stage, trail, caller, duplicates }) =>
      stage.play.loggingDisabledFinding(form, { trails: [trail], caller }, { duplicates }),
  };
}

function options({ caller, duplicates }: Pick<Scene, 'caller' | 'duplicates'>) {
  return { caller, deliver: { duplicates } };
}

function bucketOf(trail: string): string {
  return `riposte-stage-${trail.split('/').at(-1)?.toLowerCase()}`;
}

/** Makes the trail of a scenario where there is none, with its bucket, and starts it. */
export async function ensureTrail({ stage, trail }: Pick<Scene, 'stage' | 'trail'>): Promise<void> {
  const quiet = { deliver: false, accountId: stage.accountId, region: stage.region } as const;
  const trailCall = (
    operation: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<Played> => stage.play.apiCall({ ...quiet, service: 'cloudtrail', operation, input });
  const there = await trailCall('GetTrail', { Name: trail });
  if (there.errorCode === undefined) return;
  const Bucket = bucketOf(trail);
  await stage.play.apiCall({
    ...quiet,
    service: 's3',
    operation: 'CreateBucket',
    input: { Bucket },
  });
  await trailCall('CreateTrail', {
    Name: trail,
    S3BucketName: Bucket,
    IsMultiRegionTrail: true,
    EnableLogFileValidation: true,
    IncludeGlobalServiceEvents: true,
  });
  await trailCall('StartLogging', { Name: trail });
}
