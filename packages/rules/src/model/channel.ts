import type { Escalation, Grouping } from './action.ts';
import type { OneOrMore } from './condition.ts';

/** What is common to all channels. */
export interface ChannelBase {
  readonly name: string;
  readonly description?: string;
  /** How messages are put together where the rule does not say. */
  readonly group?: Grouping;
  /** Whether the end of a finding is told; true where absent. */
  readonly resolved?: boolean;
  readonly mute?: readonly string[];
  readonly active?: readonly string[];
  readonly escalate?: readonly Escalation[];
  /** At most so many messages an hour; what is over becomes one digest. */
  readonly maxPerHour?: number;
  /** Liquid templates. */
  readonly title?: string;
  readonly body?: string;
}

/** Where people or systems are told. `secret` is the name of a secret in Secrets Manager, never its value. */
export type Channel = ChannelBase &
  (
    | { readonly type: 'sns'; readonly topic: string }
    /** Bot token and signing secret in the secret, as JSON `{"token": …, "signingSecret": …}`. */
    | {
        readonly type: 'slack';
        readonly conversation: string;
        readonly secret: string;
        readonly apiUrl?: string;
      }
    /** A Workflows webhook's URL in the secret, as JSON `{"url": …}`. */
    | { readonly type: 'teams'; readonly secret: string }
    /** Events API v2; routing key in the secret, as JSON `{"routingKey": …}`. */
    | { readonly type: 'pagerduty'; readonly secret: string; readonly apiUrl?: string }
    /** HMAC-SHA256 signed POST; key in the secret, as JSON `{"key": …}`. */
    | { readonly type: 'webhook'; readonly url: string; readonly secret: string }
    /** Cloud: `{"email": …, "token": …}`; Data Center: `{"token": …}` (personal access token). */
    | {
        readonly type: 'jira';
        readonly url: string;
        readonly edition: 'cloud' | 'data-center';
        readonly project: string;
        readonly issueType: string;
        readonly secret: string;
        readonly fields?: Readonly<Record<string, unknown>>;
        /** Names of transitions (or target statuses) of the project's workflow. */
        readonly transitions?: { readonly resolve?: string; readonly reopen?: string };
      }
    /** `{"user": …, "password": …}` or `{"token": …}`. */
    | {
        readonly type: 'servicenow';
        readonly url: string;
        readonly secret: string;
        readonly fields?: Readonly<Record<string, unknown>>;
      }
  );

export type ChannelType = Channel['type'];

/** A matcher of labels, as in Alertmanager: `=`, `!=`, `=~`, `!~` (RE2 syntax, whole value). */
export interface Matcher {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** While a finding that matches `source` is open, those that match `target` are not told, where they have the same values of the `equal` labels. */
export interface Inhibition {
  readonly name: string;
  readonly source: readonly Matcher[];
  readonly target: readonly Matcher[];
  readonly equal: readonly string[];
}

/** A named set of times. Each range holds where all of its parts hold; no part: always. */
export interface TimeInterval {
  readonly name: string;
  /** IANA name, e.g. `Europe/Berlin`; UTC where absent. */
  readonly timeZone?: string;
  readonly ranges: readonly {
    /** `09:00-17:00`; the end is not included; `24:00` is the end of the day. */
    readonly times?: readonly string[];
    /** `monday:friday`, `saturday`. */
    readonly weekdays?: readonly string[];
    /** `1:5`, `-3:-1` counts from the month's end. */
    readonly daysOfMonth?: readonly string[];
    /** `1:3`, `december`. */
    readonly months?: readonly string[];
    /** `2026:2028`. */
    readonly years?: readonly string[];
  }[];
}

/** Who owns what: the first entry that fits a resource counts, field by field. */
export interface OwnershipEntry {
  /** Twelve digits each. */
  readonly accounts?: readonly string[];
  /** Ids of organizational units; they hold for all accounts below. */
  readonly organizationalUnits?: readonly string[];
  /** ARN patterns with `*` and `?`. */
  readonly resources?: readonly string[];
  readonly tags?: Readonly<Record<string, OneOrMore>>;
  readonly owner?: string;
  readonly team?: string;
  readonly businessCriticality?: string;
  readonly dataClassification?: string;
  readonly environment?: string;
}
