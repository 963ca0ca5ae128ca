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

/** A trail's settings, in its home Region. */
export interface TrailSettings {
  /** @throws ResourceGoneError, AccessRefusedError */
  read(trail: TrailId): Promise<TrailConfiguration>;
  update(trail: TrailId, configuration: TrailConfiguration): Promise<void>;
  putSelectors(trail: TrailId, configuration: TrailConfiguration): Promise<void>;
  putInsights(trail: TrailId, insightTypes: readonly string[]): Promise<void>;
  create(trail: TrailId, configuration: TrailConfiguration): Promise<void>;
  remove(trail: TrailId): Promise<void>;
}
