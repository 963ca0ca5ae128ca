import type { SeverityLabel } from '@riposte/rules';

export type AlertStatus = 'open' | 'acknowledged' | 'resolved';

/** Names and values by which alerts are grouped, silenced and inhibited. A missing label and an empty one are the same. */
export type Labels = Readonly<Record<string, string>>;

/** What a message says of a finding, as it stood when the alert was made. Texts are the provider's own words: data, escaped by each channel. */
export interface AlertFacts {
  /** `findingKey`: account, Region, product and id. */
  readonly key: string;
  readonly format: 'asff' | 'ocsf' | 'guardduty';
  readonly id: string;
  readonly productArn?: string;
  readonly title: string;
  readonly severity: SeverityLabel;
  readonly accountId: string;
  readonly region: string;
  /** ARN or id of the first resource. */
  readonly resource: string;
  readonly resourceType?: string;
  readonly owner?: string;
  readonly team?: string;
  /** Id of the rule that sends it. */
  readonly rule: string;
  readonly workflow?: string;
  readonly recordState?: string;
  /** 0 to 100. */
  readonly riskScore?: number;
  /** Where it is in Security Hub's console. */
  readonly url?: string;
}

/** Somebody has taken it on. `at` is ISO 8601. */
export interface Acknowledgement {
  readonly by: string;
  readonly at: string;
  readonly via: 'security-hub' | 'slack' | 'ticket' | 'command';
}

/** One version of a finding, as one rule sends it to one channel. */
export interface Alert {
  /** `alertKey`: finding, rule and channel. */
  readonly key: string;
  readonly channel: string;
  /** Changes only when something changes that the rule names. */
  readonly fingerprint: string;
  readonly labels: Labels;
  readonly status: AlertStatus;
  /** ISO 8601 in UTC with milliseconds, like all times here, so that they compare as text. */
  readonly startsAt: string;
  /** Which version this is: the later one counts. */
  readonly updatedAt: string;
  readonly endsAt?: string;
  readonly facts: AlertFacts;
}

/** What people were last told of an alert. */
export interface Told {
  readonly status: AlertStatus;
  readonly fingerprint: string;
  readonly severity: SeverityLabel;
  /** When this was told. */
  readonly at: string;
  /** When the alert was first told, since it was last open. */
  readonly since: string;
  /** The acknowledgement that was told, and the severity that it covers: a higher one is told again. */
  readonly acknowledged?: { readonly at: string; readonly severity: SeverityLabel };
}

/** What a flush writes on an alert; nothing else writes these members, and a flush writes no other. */
export interface AlertMarks {
  readonly told?: Told;
  /** Counts as told once the group carries the same flush: what makes one write of the group tell of any number of alerts. */
  readonly telling?: Told & { readonly flush: string };
  /** ISO 8601: when the item may be deleted, as far as is known when it is written. `receive` and flushes both say it; the later one counts. */
  readonly expiresAt: string;
}

/** One item of the store, by `groupKey` and `key`. */
export interface AlertState extends Alert, AlertMarks {
  readonly groupKey: string;
  /** The rule does not match the finding any more, which is open elsewhere or not: nobody is told that it is resolved. */
  readonly withdrawn?: true;
  /** By a person, elsewhere than in Security Hub. Written by `acknowledge` alone. */
  readonly acknowledgement?: Acknowledgement;
}

/** Marks of one alert, for the store to write. */
export interface MarkedAlert {
  readonly groupKey: string;
  readonly key: string;
  readonly marks: AlertMarks;
}
