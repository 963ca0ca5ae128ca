import type { Acknowledgement, AlertFacts, Change } from '@riposte/notifications';

/** What a message says of one finding. */
export interface NotifiedFinding extends AlertFacts {
  /** ISO 8601: when it was first told of. */
  readonly since: string;
  /** What a message says of it: that it is new, or what has become of it. */
  readonly change?: Change;
}

/** One message to a channel that people read. */
export interface Notification {
  /** Deterministic: the same for every repeat of the same message. */
  readonly id: string;
  /** Name of a channel of the rule set. */
  readonly channel: string;
  /** The group that it tells of; messages of one group keep their order. */
  readonly groupKey: string;
  readonly status: 'firing' | 'resolved' | 'acknowledged' | 'escalated';
  /** One line, escaped for the type of the channel already, as `body` is. */
  readonly title: string;
  readonly body: string;
  readonly labels: Readonly<Record<string, string>>;
  /** At most twenty; `total` counts all. */
  readonly findings: readonly NotifiedFinding[];
  readonly total: number;
  /** How many of them are new, changed, acknowledged, resolved or open as before. */
  readonly counts?: Readonly<Record<Change, number>>;
  /** Who has taken them on. */
  readonly acknowledgedBy?: readonly Acknowledgement[];
  /** Which step of an escalation this is, from 1. */
  readonly level?: number;
  /** How many messages a digest stands for. */
  readonly collected?: number;
  /** ISO 8601. */
  readonly at: string;
  /** 0 for the first message of a group's state, then counting. */
  readonly repeat: number;
  /** What the receiver called the first message of the group's state: follow-ups belong to it. */
  readonly reference?: string;
}

/** One step in the life of a ticket. Commands of one `ticketKey` keep their order. */
export interface TicketCommand {
  readonly id: string;
  readonly channel: string;
  /** Deterministic: what the ticket is about. The ticket system is searched by it before one is made. */
  readonly ticketKey: string;
  readonly action: 'open' | 'comment' | 'resolve' | 'reopen';
  /** The ticket's own id, where a receipt has told it: searching finds a new ticket only after a while. */
  readonly reference?: string;
  readonly title: string;
  readonly body: string;
  /** What changed, where `action` is not `open`. */
  readonly comment?: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly finding: NotifiedFinding;
  /** ISO 8601. */
  readonly at: string;
}

/** Who has a ticket, and that it is worked on, as its system says it. Empty: nobody has taken it. */
export interface TicketStanding {
  /** Id of whoever it is assigned to. */
  readonly assignee?: string;
  /** The status, where it is one in which a ticket is worked on. */
  readonly inProgress?: string;
}

/** What a receiver answered. */
export interface Receipt {
  /** The receiver's own id: issue key, sys_id, message timestamp. */
  readonly reference?: string;
  readonly url?: string;
  /** A ticket that begins, or begins anew: how it stands before anybody has taken it; absent in it where that could not be read. */
  readonly begins?: { readonly standing?: TicketStanding };
}

/** Sends one message to the channel's system. Repeating it with the same id is harmless. */
export type Sender<TMessage, TChannel> = (
  message: TMessage,
  channel: TChannel,
  secret: unknown,
) => Promise<Receipt>;
