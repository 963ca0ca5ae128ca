import type { Acknowledgement, AlertFacts, Labels } from './alert.ts';

/** Where one escalation goes. Milliseconds. */
export interface EscalationStep {
  readonly after: number;
  readonly channel: string;
  readonly mute?: readonly string[];
  readonly active?: readonly string[];
  readonly maxPerHour?: number;
  readonly keepsIncidents: boolean;
}

/** How one route tells: a `notify` with its channel's settings filled in. Durations in milliseconds. Plain data, kept in its groups. */
export interface RoutePolicy {
  readonly channel: string;
  readonly by: readonly string[];
  readonly wait: number;
  readonly interval: number;
  readonly repeat?: number;
  readonly resolved: boolean;
  readonly mute?: readonly string[];
  readonly active?: readonly string[];
  readonly escalate: readonly EscalationStep[];
  readonly maxPerHour?: number;
  /** The receiver keeps an incident for each group, which only a message of its own closes: the end is never put into a digest. */
  readonly keepsIncidents: boolean;
  readonly title?: string;
  readonly body?: string;
}

/** One item of the store, by `key`; small, whatever the number of its alerts. */
export interface GroupState {
  /** `routeOf`: channel, grouping labels and their values, and the rule where it has settings of its own. */
  readonly key: string;
  readonly policy: RoutePolicy;
  readonly values: Labels;
  /** Counted up by every change: the store writes where it is as read. */
  readonly version: number;
  /** Since when something waits to be told; what is silenced or inhibited does not count. */
  readonly pendingSince?: string;
  /** The last message, since the group was last empty. */
  readonly lastAt?: string;
  /** Messages so far, ever. */
  readonly sequence: number;
  /** Messages since there was news. */
  readonly repeats: number;
  /** Since when nobody has acknowledged, and how many steps have been told. */
  readonly escalation?: { readonly since: string; readonly level: number };
  /** Channels that heard of it by escalation, and hear of its end. */
  readonly escalated?: readonly string[];
  /** The flush that was committed last: see `AlertMarks.telling`. */
  readonly flush?: string;
  /** When `due` has to run next; absent: when an alert comes in. */
  readonly nextAt?: string;
  /** When the item may be deleted; absent while alerts are open. */
  readonly expiresAt?: string;
}

/** What a message says of an alert: what is new about it, or that it is open. */
export type Change = 'new' | 'changed' | 'acknowledged' | 'resolved' | 'open';

export interface ToldFinding extends AlertFacts {
  /** When it was first told of. */
  readonly since: string;
  readonly change: Change;
}

/** One message, before it is put into words. */
export interface GroupMessage {
  /** Made of the group and what is told: the same after a crash. */
  readonly id: string;
  readonly channel: string;
  readonly groupKey: string;
  readonly kind: 'news' | 'repeat' | 'escalation' | 'digest';
  /** How the group stands: `resolved` once nothing is open, `acknowledged` once all that is open is. */
  readonly status: 'firing' | 'acknowledged' | 'resolved' | 'escalated';
  /** What all findings of the message share. */
  readonly labels: Labels;
  /** What is new first, then what else is open, the worst first; at most twenty. `total` and `counts` count all. */
  readonly findings: readonly ToldFinding[];
  readonly total: number;
  readonly counts: Readonly<Record<Change, number>>;
  readonly acknowledgedBy?: readonly Acknowledgement[];
  /** 1 for the first step; only on escalations. */
  readonly level?: number;
  /** How many messages a digest stands for. */
  readonly collected?: number;
  readonly at: string;
  /** 0 for news, then counting. */
  readonly repeat: number;
  /** Templates of the route; absent on messages to channels of its escalation. */
  readonly title?: string;
  readonly body?: string;
}

/** Why something was not told, for people to read. */
export interface HeldBack {
  readonly groupKey: string;
  /** Absent: the whole group. */
  readonly alert?: string;
  readonly finding?: string;
  readonly reason: 'silence' | 'inhibition' | 'mute' | 'inactive' | 'acknowledged' | 'rate-limit';
  /** Id of the silence; name of the inhibition, the time interval or the channel; who acknowledged. */
  readonly by: string;
  /** A silence's author and reason, or the finding that inhibits. */
  readonly detail?: string;
  /** ISO 8601, where it is known. */
  readonly until?: string;
}
