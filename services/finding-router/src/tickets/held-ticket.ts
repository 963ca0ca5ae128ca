import type { TicketStanding } from '../delivery.ts';

/** A ticket of which it is asked who has it. */
export interface AskedTicket {
  readonly ticketKey: string;
  readonly reference: string;
}

/** A ticket that is assigned or worked on. */
export interface HeldTicket {
  readonly reference: string;
  /** What people call it. */
  readonly name: string;
  readonly standing: TicketStanding;
  /** The name of whoever it is assigned to: their own choice. */
  readonly assignee?: string;
}

/** Those of some tickets that are assigned or worked on; one that is done, deleted or hidden is none of them. */
export type AskHeld<TChannel> = (
  tickets: readonly AskedTicket[],
  channel: TChannel,
  secret: unknown,
) => Promise<readonly HeldTicket[]>;

/**
 * Whether somebody has taken a ticket since it stood otherwise: it is assigned to somebody else, or worked on in another status. Who gives it away has
 * not taken it.
 */
export function isTakenSince(before: TicketStanding, now: TicketStanding): boolean {
  const isAssigned = now.assignee !== undefined && now.assignee !== before.assignee;
  const isBegun = now.inProgress !== undefined && now.inProgress !== before.inProgress;
  return isAssigned || isBegun;
}
