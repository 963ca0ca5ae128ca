import type { DeliverOptions, DeliveryReport, ServiceEvent } from '../delivery/types.ts';

/** Who makes a call, as CloudTrail says it. */
export interface Caller {
  /** `IAMUser` when absent. */
  readonly type?: 'IAMUser' | 'AssumedRole' | 'Root' | 'AWSService';
  /** User of an `IAMUser`; `mallory` when absent. */
  readonly userName?: string;
  /** Role of an `AssumedRole`: its ARN, or its name in the call's account. */
  readonly role?: string;
  readonly sessionName?: string;
  /** Service of an `AWSService`, e.g. `cloudformation.amazonaws.com`. */
  readonly invokedBy?: string;
  readonly mfa?: boolean;
  readonly sourceIp?: string;
  readonly userAgent?: string;
  readonly accessKeyId?: string;
  /** The caller's own account; the call's when absent. */
  readonly accountId?: string;
}

export type PlayedService =
  | 'cloudtrail'
  | 'dynamodb'
  | 'events'
  | 'iam'
  | 'kms'
  | 'lambda'
  | 's3'
  | 'sns'
  | 'sqs'
  | 'ssm';

/** One API call to be made for real. */
export interface PlayedCall extends PlayOptions {
  readonly service: PlayedService;
  /** As the SDK spells it, e.g. `StopLogging`. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface PlayOptions {
  readonly caller?: Caller;
  readonly accountId?: string;
  readonly region?: string;
  /** How the event is delivered; `false`: it is made, and not delivered. */
  readonly deliver?: Omit<DeliverOptions, 'accountId' | 'region'> | false;
}

export interface Played {
  /** CloudTrail's event of the call, as EventBridge carries it. */
  readonly event: ServiceEvent;
  /** What the call answered. */
  readonly output?: unknown;
  /** Set when the call failed. */
  readonly errorCode?: string;
  /** How the event was delivered; absent where it was not to be. */
  readonly delivery?: DeliveryReport;
}

export type GuardDutyForm = 'guardduty' | 'asff' | 'ocsf';

export interface PlayedFinding extends Pick<PlayOptions, 'caller' | 'accountId' | 'region'> {
  /** Names or ARNs of the trails that the finding is about. */
  readonly trails: readonly string[];
  /** GuardDuty's id of the finding, 32 hexadecimal digits; made from trails and account when absent. */
  readonly id?: string;
  readonly createdAt?: Date;
}

/** Makes things happen for real, then delivers the event that AWS would have sent. */
export interface Play {
  /** Any call of the services known, by any caller. A failing call has an event too, with its error code. */
  apiCall(call: PlayedCall): Promise<Played>;
  stopTrail(trail: string, options?: PlayOptions): Promise<Played>;
  deleteTrail(trail: string, options?: PlayOptions): Promise<Played>;
  updateTrail(
    trail: string,
    change: Readonly<Record<string, unknown>>,
    options?: PlayOptions,
  ): Promise<Played>;
  putEventSelectors(
    trail: string,
    selectors: Readonly<Record<string, unknown>>,
    options?: PlayOptions,
  ): Promise<Played>;
  putInsightSelectors(
    trail: string,
    insightTypes: readonly string[],
    options?: PlayOptions,
  ): Promise<Played>;
  disableKey(keyId: string, options?: PlayOptions): Promise<Played>;
  scheduleKeyDeletion(keyId: string, options?: PlayOptions): Promise<Played>;
  putBucketPolicy(bucket: string, policy: object, options?: PlayOptions): Promise<Played>;
  deleteBucketPolicy(bucket: string, options?: PlayOptions): Promise<Played>;
  putBucketLifecycle(
    bucket: string,
    rules: readonly object[],
    options?: PlayOptions,
  ): Promise<Played>;
  deleteBucket(bucket: string, options?: PlayOptions): Promise<Played>;
  /** Imports findings in ASFF into the Security Hub stand-in, which sends the events. */
  importFindings(
    findings: readonly object[],
    where?: Pick<PlayOptions, 'accountId' | 'region'>,
  ): Promise<unknown>;
  /** Findings of AWS's own services, which take no API: they are put into the Security Hub stand-in. Answers the events that it sent. */
  serviceFindings(
    form: 'asff' | 'ocsf',
    findings: readonly object[],
    where?: Pick<PlayOptions, 'accountId' | 'region'>,
  ): Promise<readonly { readonly event: ServiceEvent; readonly delivery: DeliveryReport }[]>;
  /** An analyst sends findings, by their ids, to a custom action of Security Hub. A report for each event. */
  clickCustomAction(
    actionArn: string,
    findingIds: readonly string[],
  ): Promise<readonly DeliveryReport[]>;
  /**
   * GuardDuty's finding of disabled logging, in one of the three forms in which it reaches EventBridge. In ASFF and OCSF it is
   * taken into Security Hub, which then sends the event; `deliver` is for GuardDuty's own.
   */
  loggingDisabledFinding(
    form: GuardDutyForm,
    finding: PlayedFinding,
    deliver?: DeliverOptions,
  ): Promise<{ readonly event: ServiceEvent; readonly delivery: DeliveryReport }>;
  /**
   * The CloudTrail events of the calls that functions made through the proxy since the last call of this method, with the
   * function's role as session issuer. Delivered, unless told otherwise.
   */
  functionCalls(deliver?: DeliverOptions | false): Promise<readonly ServiceEvent[]>;
}
