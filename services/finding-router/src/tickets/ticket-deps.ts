import type { Channel } from '@riposte/rules';

export type JiraChannel = Extract<Channel, { readonly type: 'jira' }>;
export type ServiceNowChannel = Extract<Channel, { readonly type: 'servicenow' }>;

/** A channel that keeps tickets. */
export type TicketChannel = JiraChannel | ServiceNowChannel;

/** What the senders of tickets need of the world. */
export interface TicketDeps {
  readonly now: () => Date;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Milliseconds that one request may take, answer included. */
  readonly timeoutMs: number;
  /**
   * Milliseconds before each look for a ticket whose making was not answered: it may have been made, and searching finds it only
   * after a while.
   */
  readonly lookAgain: readonly number[];
}
