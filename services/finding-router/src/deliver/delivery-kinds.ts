import type { Notification, NotifiedFinding, Receipt, TicketCommand } from '../delivery.ts';
import { planTicket } from './plan-ticket.ts';
import type { Delivered, DeliveryMemory, Thread } from './ports.ts';
import { type Delivery, readNotification, readTicketCommand } from './read-delivery.ts';

/** What all deliveries have. */
export interface Deliverable {
  readonly id: string;
  readonly channel: string;
  readonly at: string;
}

/** What a delivery comes to, given what is remembered. */
export interface Step<TMessage> {
  /** Absent where there is nothing to tell any more. */
  readonly message?: TMessage;
  remember(receipt: Receipt): Pick<Delivered, 'thread' | 'ticket' | 'ticketed'>;
}

/** One kind of deliveries: how it is read, and what it builds on. */
export interface DeliveryKind<TMessage> {
  read(body: unknown): Delivery<TMessage>;
  plan(message: TMessage, memory: DeliveryMemory): Promise<Step<TMessage>>;
  /** Findings that a message names. */
  findingsOf(message: TMessage): readonly NotifiedFinding[];
}

/** Commands on tickets. */
export const tickets: DeliveryKind<TicketCommand> = {
  read: readTicketCommand,
  findingsOf: ({ finding }) => [finding],
  async plan(command, memory) {
    const plan = planTicket(command, await memory.ticket(command.channel, command.ticketKey));
    return {
      ...(plan.command && { message: plan.command }),
      remember: (receipt) => ({
        ticket: plan.remember(receipt),
        ...(plan.joins && { ticketed: command.finding.key }),
      }),
    };
  },
};

/** Messages that people read: those of one group are one conversation, until the group is resolved. */
export const notifications: DeliveryKind<Notification> = {
  read: readNotification,
  findingsOf: ({ findings }) => findings,
  async plan(message, memory) {
    const { channel, groupKey, status } = message;
    const thread = await memory.thread(channel, groupKey);
    const isResolved = status === 'resolved';
    const known = thread && (isResolved || !thread.ended) ? thread.reference : undefined;
    const reference = known ?? message.reference;
    return {
      message: { ...message, ...(reference !== undefined && { reference }) },
      remember(receipt) {
        const kept = receipt.reference ?? reference;
        const before: Thread = thread ?? { version: 0, channel, groupKey, ended: false };
        const isSame = kept === before.reference && isResolved === before.ended;
        if (kept === undefined || isSame) return {};
        const version = before.version + 1;
        return { thread: { ...before, version, reference: kept, ended: isResolved } };
      },
    };
  },
};
