/** What set a response off. `self` is a change to Riposte or to one of its senses. */
export type TriggerPath =
  | 'api-call'
  | 'finding'
  | 'guardduty'
  | 'sweep'
  | 'click'
  | 'rule'
  | 'self';

/**
 * How a response stands.
 * - `claimed`: someone works on it (or died doing so; the lease in `leaseUntil` says when to take over)
 * - `verified`: changed, and the state read back proves it
 * - `told`: nothing changed on purpose (mode `notify`, exempt, failed attempt, kill switch on)
 * - `planned`: nothing changed, the plan says what would have been (mode `dry-run`, or an approval is needed)
 * - `failed`: tried and not proven; a person is told
 * - `undone`: a person has taken the change back
 */
export type ResponseStatus = 'claimed' | 'verified' | 'told' | 'planned' | 'failed' | 'undone';

/** Who caused it, as CloudTrail saw them. Text fields are the caller's own words: data, never trusted. */
export interface Actor {
  /** `userIdentity.type`: IAMUser, AssumedRole, Root, AWSService, … */
  readonly type?: string;
  readonly arn?: string;
  /** `userIdentity.sessionContext.sessionIssuer.arn`: the role behind an assumed-role session. */
  readonly issuerArn?: string;
  readonly sessionName?: string;
  readonly accessKeyId?: string;
  readonly mfa?: boolean;
  readonly sourceIp?: string;
  readonly userAgent?: string;
}

/** One change that a plan contains, with the values before and after it. */
export interface PlannedChange {
  /** API operation as `service:Operation`, e.g. `cloudtrail:StartLogging`. */
  readonly operation: string;
  /** What is changed, in words a person reads: `event selectors`, `logging`. */
  readonly what: string;
  readonly before: unknown;
  readonly after: unknown;
  /** An irreversible change needs a named approval. */
  readonly reversible: boolean;
}

/** One AWS API call that a response made. */
export interface ApiCall {
  readonly operation: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly requestId?: string;
  readonly error?: string;
}

/** What people are told. Rendered once, so that every repeat carries the same words and id. */
export interface ResponseMessage {
  /** At most 99 printable ASCII characters (SNS limits a subject to 100). */
  readonly subject: string;
  readonly body: string;
  /** SNS message attributes for filter policies; at most ten. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Where a response record's finding is, if one led to it. */
export interface FindingRef {
  readonly format: 'asff' | 'ocsf' | 'guardduty';
  readonly id: string;
  readonly productArn?: string;
  readonly accountId: string;
  readonly region: string;
}

/** Where the whole of a record is that was too large for an item, an event or a message. */
export interface WholeRecord {
  /** The object's key in the evidence bucket, once this revision has left. */
  readonly evidenceKey: string;
  /** Of that object, in hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * The record that every automatic change leaves: one item in the state table, one object per `revision` in the
 * evidence bucket, one event per `revision` on the bus. Consumers deduplicate by `id` and `revision`.
 */
export interface ResponseRecord {
  readonly schemaVersion: 1;
  /** The incident's id: deterministic, the same whichever path reported it. */
  readonly id: string;
  /** The service that answered, e.g. `cloudtrail-guard`. */
  readonly service: string;
  /** What was broken, e.g. `trail-stopped`, `trail-weakened`, `trail-deleted`. */
  readonly kind: string;
  readonly status: ResponseStatus;
  /**
   * While claimed: how an incident that nothing is changed about will end, so that whoever carries on after a death ends it so. Absent from
   * a concluded record.
   */
  readonly tells?: 'told' | 'planned' | 'failed';
  /** Counts the outcomes that people and the bus are told of; 0 while claimed. Each is sent once. */
  readonly revision: number;
  readonly mode: 'off' | 'notify' | 'dry-run' | 'enforce';
  readonly trigger: {
    readonly path: TriggerPath;
    readonly eventId?: string;
    readonly eventName?: string;
    /** ISO 8601: when the API call happened, or the finding was made. */
    readonly eventTime?: string;
    /** ISO 8601: when Riposte heard of it. */
    readonly receivedAt: string;
  };
  readonly actor?: Actor;
  readonly finding?: FindingRef;
  readonly resource: {
    readonly arn: string;
    readonly type: string;
    readonly accountId: string;
    readonly region: string;
    readonly partition: string;
  };
  readonly plan: readonly PlannedChange[];
  readonly calls: readonly ApiCall[];
  readonly before: unknown;
  readonly after?: unknown;
  readonly verification?: {
    readonly verified: boolean;
    readonly at: string;
    /** What was read back, in words: `GetTrailStatus: IsLogging true since …`. */
    readonly evidence: string;
  };
  /** Why nothing was changed, or why the change failed. */
  readonly reason?: string;
  readonly undo: { readonly possible: boolean; readonly how: string };
  readonly approver?: string;
  /** ISO 8601 of each step that was reached. */
  readonly times: {
    readonly broken?: string;
    readonly claimed: string;
    readonly applied?: string;
    readonly verified?: string;
    readonly ended?: string;
  };
  readonly message?: ResponseMessage;
  /** Set in a summary: what was long is cut or left out here. The records that `ResponseRecords` returns are whole. */
  readonly whole?: WholeRecord;
}

/** Where a revision of a record lies in the evidence bucket, and what it holds to the byte. */
export interface EvidencePointer {
  readonly bucket: string;
  readonly key: string;
  /** Absent where it was written by a pass that died; the bucket keeps one version of a key. */
  readonly versionId?: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Detail of the bus event: the record without its message, and where its evidence lies. */
export interface ResponseEvent extends Omit<ResponseRecord, 'message'> {
  readonly evidence: EvidencePointer;
}

/** `source` and `detail-type` of the bus event, whose detail is a `ResponseEvent`. */
export const responseRecorded = {
  source: 'riposte.responses',
  detailType: 'Response Recorded',
} as const;
