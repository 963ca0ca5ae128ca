import type { TicketMemory } from '../deliver/ports.ts';
import { readMessage } from '../read-message.ts';
import type { Table } from '../table.ts';
import { findingsIn, ticketKeyOf, ticketSchema, watchedPk, watchMembers } from './ticket-items.ts';

/** Tickets of which somebody waits to hear that they are taken. */
export interface WatchedTickets {
  /** Those of a channel that are to be looked at by now, the longest overdue first. */
  due(channel: string, now: Date, limit: number): Promise<readonly TicketMemory[]>;
  /** Keys of the findings that keep a ticket open. */
  findingsOf(ticket: TicketMemory): Promise<readonly string[]>;
  /** Notes when to look again, or that nobody has to. Where a delivery has written meanwhile, what that says counts. */
  lookAgain(ticket: TicketMemory): Promise<void>;
  /** Notes who has it, likewise; a delivery that has read it before begins again. */
  taken(ticket: TicketMemory): Promise<void>;
}

/** `WatchedTickets` in the router's table. */
export function watchedTickets(table: Table): WatchedTickets {
  return {
    async due(channel, now, limit) {
      const found = await table.due(watchedPk(channel), now.toISOString(), limit);
      const items = await table.getAll(found.map(({ pk, sk }) => ({ pk: `${pk}`, sk: `${sk}` })));
      // The index is a moment behind.
      return items
        .map((item) => readMessage(ticketSchema, item))
        .filter(({ watch }) => watch !== undefined && watch.next <= now.toISOString());
    },
    async findingsOf(ticket) {
      return findingsIn(await table.query(ticketKeyOf(ticket).pk), ticket);
    },
    async lookAgain(ticket) {
      const { standing, version } = ticket;
      const members = { standing, ...watchMembers(ticket) };
      await table.set(ticketKeyOf(ticket), members, { onVersion: version });
    },
    async taken(ticket) {
      const { standing, version } = ticket;
      const members = { standing, version: version + 1, ...watchMembers(ticket) };
      await table.set(ticketKeyOf(ticket), members, { onVersion: version });
    },
  };
}
