import type { AccountRegion } from '../types.ts';

/** A JSON object whose members are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** An event as Security Hub puts it on the default bus. */
export interface SecurityHubEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': SecurityHubDetailType;
  readonly source: 'aws.securityhub';
  /** The account and Region of the bus, not of the finding. */
  readonly account: string;
  readonly region: string;
  /** ISO 8601, whole seconds. */
  readonly time: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

export type SecurityHubDetailType =
  | 'Security Hub Findings - Imported'
  | 'Security Hub Findings - Custom Action'
  | 'Findings Imported V2';

/** What `startSecurityHub` takes. */
export interface SecurityHubOptions {
  /** A free one when absent. */
  readonly port?: number;
  /** Gets every event, with the account and Region whose default bus carries it. Not waited for by API calls. */
  readonly publish: (event: SecurityHubEvent, scope: AccountRegion) => Promise<void>;
  /** Security Hub CSPM is on in every account and Region from the start; true when absent. */
  readonly enabled?: boolean;
  /** Security Hub (V2) is on in every account and Region from the start; false when absent. */
  readonly v2?: boolean;
  readonly clock?: () => Date;
  /** The account behind an access key id that is not an account id itself, e.g. of a session. */
  readonly accountOf?: (accessKeyId: string) => string | undefined;
  /** Account of keys that nobody knows; `123456789012` when absent. */
  readonly accountId?: string;
  /** The delegated administrator: sees and updates the findings of all accounts, and gets their events. */
  readonly administratorAccountId?: string;
  /** Calls a second for an account-Region, with thrice as many in a burst; as many as come when absent. AWS: 10. */
  readonly callsPerSecond?: number;
}

/** A finding in ASFF, by what identifies it. */
export interface FindingIdentifier {
  readonly Id: string;
  readonly ProductArn: string;
}

/** A running stand-in of Security Hub. Made by `startSecurityHub`. */
export interface SecurityHub {
  readonly endpoint: string;
  /** Closes the server when all events are out. */
  stop(): Promise<void>;
  /** Waits until all events so far are published; throws what `publish` threw first since the last call. */
  settled(): Promise<void>;
  /** An analyst selects findings and a custom action in the console: one event per finding, 20 at most. */
  clickCustomAction(
    actionArn: string,
    findings: readonly (string | FindingIdentifier)[],
  ): Promise<void>;
  /** Takes in findings in ASFF as the integration of an AWS service or partner does: any product, any account. */
  importAsff(findings: readonly unknown[], scope: AccountRegion): Promise<ImportOutcome>;
  /** Takes in one finding in OCSF, where V2 is on. */
  importOcsf(finding: unknown, scope: AccountRegion): Promise<void>;
}

export interface ImportOutcome {
  readonly SuccessCount: number;
  readonly FailedCount: number;
  readonly FailedFindings: readonly ImportFailure[];
}

export interface ImportFailure {
  readonly Id: string;
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}
