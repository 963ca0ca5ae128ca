import type { ResponseRecord } from '@riposte/findings';

/** The clock, injected so that tests move it. */
export type Clock = () => Date;

/** What a claim attempt found. */
export type ClaimResult =
  | { readonly claimed: true; readonly resumed: boolean; readonly record: ResponseRecord }
  /** Somebody else holds or has finished this incident. `record` is theirs. */
  | { readonly claimed: false; readonly record: ResponseRecord };

/** Response records in the state table. */
export interface ResponseRecords {
  /**
   * Writes a new record on condition that none with its id exists: claim, lock and state before in one write.
   * Takes over one that is still `claimed` when its lease has run out. One call when nobody was there before.
   */
  claim(record: ResponseRecord, leaseSeconds: number): Promise<ClaimResult>;
  /**
   * Writes a new outcome, revision raised by one, on condition that the stored revision is the one before
   * (`StaleRecordError` otherwise). The outbox sends what it says.
   */
  conclude(record: ResponseRecord): Promise<void>;
  get(id: string): Promise<ResponseRecord | undefined>;
  /** Newest first; `since` ISO 8601. */
  list(query: ListQuery): Promise<readonly ResponseRecord[]>;
  /** Records on one resource since a time, oldest first. One query. */
  onResource(resourceArn: string, since: string): Promise<readonly ResponseRecord[]>;
  /**
   * Links a finding to an incident, once, for who then writes on it; false when that was done, or somebody is at it (for a minute: then a
   * function that died is taken over from).
   */
  linkFinding(id: string, findingKey: string): Promise<boolean>;
  /** What was to be written on a linked finding is written: nobody links it again. */
  closeFinding(id: string, findingKey: string): Promise<void>;
  /** What was to be written has failed: the finding can be linked once more. */
  reopenFinding(id: string, findingKey: string): Promise<void>;
}

export interface ListQuery {
  readonly since?: string;
  readonly service?: string;
  readonly status?: string;
  readonly limit: number;
}

export type Mode = 'off' | 'notify' | 'dry-run' | 'enforce';

/** A service's settings and the switch, read together, at most 60 s old. */
export interface ServiceSettings {
  /** Mode by kind of incident, e.g. `{ "trail-stopped": "enforce" }`; absent kinds take the default. */
  readonly modes: Readonly<Record<string, Mode>>;
  /** ARNs of session issuers or users whose actions are told, not answered. Never a session name. */
  readonly exemptPrincipals: readonly string[];
  /** ARNs of resources that are told about, not changed. */
  readonly exemptResources: readonly string[];
}

export type SwitchState = 'changes-allowed' | 'changes-stopped';

/** Reads settings and kill switch. */
export interface Settings {
  /** Never throws: `unreadable` carries the reason, and the caller fails closed (a stopped trail excepted). */
  read(): Promise<
    | { readonly readable: true; readonly settings: ServiceSettings; readonly switch: SwitchState }
    | { readonly readable: false; readonly reason: string }
  >;
}
