import type { Channel } from '@riposte/rules';
import type { Receipt, TicketStanding } from '../delivery.ts';
import type { Attribution, MeasureBy } from '../measure-by.ts';
import type { Health } from './breaker.ts';

/** What a conversation of one group on one channel is called by its receiver. */
export interface Thread {
  /** Counts the writes. */
  readonly version: number;
  readonly channel: string;
  readonly groupKey: string;
  readonly reference?: string;
  /** The group was told as resolved: what comes next begins a conversation of its own. */
  readonly ended: boolean;
}

/** What is known of a ticket that one or several findings share. */
export interface TicketMemory {
  /** Counts the writes. */
  readonly version: number;
  readonly channel: string;
  readonly ticketKey: string;
  readonly reference?: string;
  readonly url?: string;
  /** Findings that keep the ticket open, by `findingMark`: the seconds (since 1970) of what was last told of them. */
  readonly open: Readonly<Record<string, number>>;
  /** The same of findings that have left it: what is told late of them opens nothing. */
  readonly ended: Readonly<Record<string, number>>;
  /** Who had it when it began, or when somebody took it last: what differs from this is a taking. Absent where nobody has looked yet. */
  readonly standing?: TicketStanding;
  /** When to look whether somebody has taken it; absent where nothing waits for that. */
  readonly watch?: TicketWatch;
}

/** ISO 8601. */
export interface TicketWatch {
  /** Its findings have waited since then, the newest of them. */
  readonly since: string;
  readonly next: string;
}

/** A delivery that its receiver has taken, and what that changes in what is remembered. */
export interface Delivered extends Omit<Receipt, 'begins'> {
  readonly id: string;
  readonly channel: string;
  /** ISO 8601. */
  readonly at: string;
  readonly thread?: Thread;
  readonly ticket?: TicketMemory;
  /** Key of the finding that the ticket is about from now on, besides others. */
  readonly ticketed?: string;
}

/** What the function remembers of deliveries. */
export interface DeliveryMemory {
  /** True where a receipt says that the delivery was taken. */
  isDone(id: string): Promise<boolean>;
  thread(channel: string, groupKey: string): Promise<Thread | undefined>;
  ticket(channel: string, ticketKey: string): Promise<TicketMemory | undefined>;
  /**
   * Writes the receipt and, in the same transaction, thread or ticket on condition that the stored one is the version before.
   *
   * @throws StaleDeliveryError when somebody else was faster.
   */
  keep(delivered: Delivered): Promise<void>;
}

/** How channels are, for all functions that send there. */
export interface HealthStore {
  read(channel: string): Promise<Health | undefined>;
  /** Writes on condition that the stored one is the version before; false where somebody else was faster. */
  write(channel: string, health: Health): Promise<boolean>;
}

/** A channel that has a secret. */
export type SecretChannel = Extract<Channel, { readonly secret: string }>;

export interface Secrets {
  /**
   * The value of a channel's secret, parsed.
   *
   * @param fresh read now, not remembered: the secret may have been rotated.
   * @throws DeliveryRefusedError with the path `secret` where there is none.
   */
  read(channel: SecretChannel, fresh?: boolean): Promise<unknown>;
}

/** The right to ask a channel. */
export interface Turn {
  readonly channel: string;
  /** The one message that finds out whether the channel is back. */
  readonly isProbe: boolean;
}

/** Keeps messages away from a channel that is down or busy. Where nobody knows how it is, they go. */
export interface ChannelHealth {
  /** @throws ChannelPausedError while the channel is not to be asked. */
  admit(channel: string): Promise<Turn>;
  worked(turn: Turn): Promise<void>;
  /** Seconds until the channel is asked again, where it is paused now. */
  failed(turn: Turn, error: unknown): Promise<number | undefined>;
}

/** What the log says of a message that was delivered: which, where, by what rules, whose; never what it says. */
export interface DeliveredMessage extends Attribution {
  readonly id: string;
  readonly channel: string;
  readonly channelType: string;
  /** Milliseconds since the message was made. */
  readonly age: number;
}

/** What delivering needs from the outside. */
export interface DeliverPorts extends MeasureBy {
  /** A channel of the rule set, its placeholders filled in. */
  resolveChannel(name: string): Channel | undefined;
  readonly memory: DeliveryMemory;
  readonly health: ChannelHealth;
  readonly secrets: Secrets;
  clock(): Date;
  /** At least 0, below 1. */
  random(): number;
  log(delivered: DeliveredMessage): void;
  readonly settings: DeliverSettings;
}

export interface DeliverSettings {
  /** A message that waited longer is given up. */
  readonly giveUpHours: number;
  /** The longest back-off of a message, in seconds. */
  readonly longestPauseSeconds: number;
}
