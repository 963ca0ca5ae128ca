import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';

/** Which trail, by its ARN in its home Region. */
export interface TrailId {
  readonly arn: string;
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
}

/** What GetTrailStatus says; times in ISO 8601. `stoppedAt` survives a restart. */
export interface TrailStatus {
  readonly isLogging: boolean;
  readonly startedAt?: string;
  readonly stoppedAt?: string;
  readonly latestDeliveryAt?: string;
  readonly latestDeliveryError?: string;
}

/** The settings of a trail that decide what it records and where. */
export interface TrailConfiguration {
  readonly name: string;
  readonly s3BucketName: string;
  readonly s3KeyPrefix?: string;
  readonly snsTopicName?: string;
  readonly includeGlobalServiceEvents: boolean;
  readonly isMultiRegionTrail: boolean;
  readonly isOrganizationTrail: boolean;
  readonly logFileValidationEnabled: boolean;
  readonly cloudWatchLogsLogGroupArn?: string;
  readonly cloudWatchLogsRoleArn?: string;
  readonly kmsKeyId?: string;
  readonly eventSelectors: readonly EventSelector[];
  readonly advancedEventSelectors: readonly AdvancedEventSelector[];
  readonly insightTypes: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** CloudTrail's basic event selector, in its own spelling. */
export interface EventSelector {
  readonly ReadWriteType?: string;
  readonly IncludeManagementEvents?: boolean;
  readonly DataResources?: readonly {
    readonly Type?: string;
    readonly Values?: readonly string[];
  }[];
  readonly ExcludeManagementEventSources?: readonly string[];
}

/** CloudTrail's advanced event selector, in its own spelling. */
export interface AdvancedEventSelector {
  readonly Name?: string;
  readonly FieldSelectors: readonly AdvancedFieldSelector[];
}

/** One field of an advanced selector; the operators' lists are alternatives. */
export interface AdvancedFieldSelector {
  readonly Field: string;
  readonly Equals?: readonly string[];
  readonly StartsWith?: readonly string[];
  readonly EndsWith?: readonly string[];
  readonly NotEquals?: readonly string[];
  readonly NotStartsWith?: readonly string[];
  readonly NotEndsWith?: readonly string[];
}

/** Starting and stopping a trail, and seeing whether it logs. */
export interface TrailSwitch {
  /** @throws ResourceGoneError, AccessRefusedError */
  status(trail: TrailId): Promise<TrailStatus>;
  start(trail: TrailId): Promise<void>;
  stop(trail: TrailId): Promise<void>;
}

/** A trail's settings, in its home Region. All of them throw ResourceGoneError, AccessRefusedError or ChangeRejectedError. */
export interface TrailSettings {
  read(trail: TrailId): Promise<TrailConfiguration>;
  /** The selectors alone: one call. */
  selectors(trail: TrailId): Promise<TrailSelectors>;
  /** Changes what is given; an empty string takes the setting away. */
  update(trail: TrailId, changes: Partial<TrailConfiguration>): Promise<void>;
  putSelectors(trail: TrailId, selectors: TrailSelectors): Promise<void>;
  putInsights(trail: TrailId, insightTypes: readonly string[]): Promise<void>;
  /** Adds and overwrites `set`, takes `remove` away. */
  changeTags(trail: TrailId, changes: TagChanges): Promise<void>;
  create(trail: TrailId, configuration: TrailConfiguration): Promise<void>;
  remove(trail: TrailId): Promise<void>;
}

/** Basic or advanced selectors; where advanced ones are given, they count. */
export type TrailSelectors = Pick<TrailConfiguration, 'eventSelectors' | 'advancedEventSelectors'>;

/** Tags to set and tags to take away. */
export interface TagChanges {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

/** Where a trail's log files go, and what encrypts them. */
export interface TrailStorage {
  readonly trail: TrailId;
  readonly s3BucketName: string;
  readonly kmsKeyId?: string;
}

/** Where trails are. */
export interface TrailFinder {
  /** The trail of that name as its account and Region see it, shadow trails included: with its home Region. */
  locate(trail: TrailId): Promise<TrailId | undefined>;
  /** Trails whose home is this account and Region, without those of an organization's other accounts. */
  homedIn(place: {
    readonly accountId: string;
    readonly region: string;
  }): Promise<readonly TrailId[]>;
  /** Bucket and key of every trail that an account sees in a Region, shadow trails included. One call. */
  storages(place: {
    readonly accountId: string;
    readonly region: string;
  }): Promise<readonly TrailStorage[]>;
  /** Home Regions of all trails that the account has, as one Region sees them. */
  homeRegions(place: {
    readonly accountId: string;
    readonly region: string;
  }): Promise<readonly string[]>;
}

/** Everything that remediations of trails need. */
export type TrailPorts = TrailSwitch & TrailSettings & TrailFinder;

/** An account and Region that calls are made in, and the trail that they are about where it is one. */
export interface TrailPlace {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly arn?: string;
}

/** Gives the client that acts in an account and Region: a trail's own account and home Region, where a trail is given. */
export type CloudTrailIn = (place: TrailPlace) => CloudTrailClient | Promise<CloudTrailClient>;
