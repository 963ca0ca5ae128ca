/** One AWS API call as it passed the proxy. */
export interface RecordedCall {
  readonly id: number;
  /** ISO 8601 with milliseconds: when the request arrived. */
  readonly time: string;
  readonly durationMs: number;
  /** The service of the signature's scope, e.g. `cloudtrail`, `dynamodb`, `securityhub`. */
  readonly service: string;
  /** The operation, e.g. `StartLogging`; `METHOD /path` where it is not known. */
  readonly operation: string;
  /** The client's application id (`app/…` of its user agent). */
  readonly appId?: string;
  readonly userAgent: string;
  readonly accountId: string;
  readonly region: string;
  readonly accessKeyId: string;
  /** Role of the caller where a session of AssumeRole made the call. */
  readonly roleArn?: string;
  /** Members of the request, or path and query where it has no body to read. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly errorCode?: string;
  /** The fault that the stage put in, where it did. */
  readonly fault?: FaultEffect;
}

export type FaultEffect = 'throttle' | 'error' | 'deny' | 'timeout' | 'kill';

/** Which calls fail, how, and how often. A rule without `probability` and `count` hits every call that it matches. */
export interface FaultRule {
  /** Application id, e.g. `riposte-restart-trail`. */
  readonly appId?: string;
  readonly service?: string;
  readonly operation?: string;
  readonly accountId?: string;
  readonly region?: string;
  readonly effect: FaultEffect;
  /**
   * `before` (default): the service never sees the call. `after`: the service does what was asked, and the caller never
   * learns of it; the death between a send and its record is `{ effect: 'kill', when: 'after' }`.
   */
  readonly when?: 'before' | 'after';
  /** From 0 to 1, by a seeded generator. */
  readonly probability?: number;
  /** How often at most. */
  readonly count?: number;
  /** Matching calls that pass first. */
  readonly skip?: number;
  /** How long a timed-out call hangs before its connection is cut; 30 s when absent. */
  readonly hangMs?: number;
}

export interface FaultInjector {
  /** Adds a rule; the function returned removes it. */
  add(rule: FaultRule): () => void;
  clear(): void;
  /** The same seed gives the same faults for the same calls. */
  seed(seed: number): void;
  /** How many calls were hit since the start or the last `clear`. */
  hits(): number;
}

/** What the proxy reads from a request before it passes it on. */
export interface CallIdentity {
  readonly service: string;
  readonly operation: string;
  readonly protocol: 'json' | 'query' | 'rest-json' | 'rest-xml' | 'cbor';
  readonly appId?: string;
  readonly userAgent: string;
  readonly accountId: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly roleArn?: string;
}
