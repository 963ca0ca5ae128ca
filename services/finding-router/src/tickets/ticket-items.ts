import * as z from 'zod';
import { findingMark } from '../deliver/plan-ticket.ts';
import type { TicketMemory } from '../deliver/ports.ts';
import type { Item, Key, Versioned } from '../table.ts';

type TicketName = Pick<TicketMemory, 'channel' | 'ticketKey'>;

const partitionOf = ({ channel, ticketKey }: TicketName) => `ticket#${channel}#${ticketKey}`;
const findingPrefix = 'finding#';

/** Where what is known of a ticket lies, in the router's table. */
export function ticketKeyOf(ticket: TicketName): Key {
  return { pk: partitionOf(ticket), sk: 'ticket' };
}

/** The partition of the index that knows when to look at tickets of a channel. */
export function watchedPk(channel: string): string {
  return `watched#${channel}`;
}

/** A ticket as it is written: the index finds it while it is watched. */
export function ticketItem(ticket: TicketMemory): Item {
  return { ...ticket, ...watchMembers(ticket) };
}

/** By which the index finds a ticket; undefined members: it does not. */
export function watchMembers({ channel, watch }: Pick<TicketMemory, 'channel' | 'watch'>): Item {
  return { watch, duePk: watch && watchedPk(channel), dueAt: watch?.next };
}

/** That a finding is, or was, in a ticket: its key, where the ticket itself has its mark only. */
export function ticketedPut(ticket: TicketName, finding: string, expiresAt: number): Versioned {
  const key = { pk: partitionOf(ticket), sk: `${findingPrefix}${findingMark(finding)}` };
  return { key, item: { finding, expiresAt } };
}

/** Keys of the findings that keep a ticket open, of all items of its partition. */
export function findingsIn(items: readonly Item[], { open }: TicketMemory): readonly string[] {
  return items.flatMap(({ sk, finding }) => {
    const mark = String(sk).slice(findingPrefix.length);
    const isIn = String(sk).startsWith(findingPrefix) && open[mark] !== undefined;
    return isIn && typeof finding === 'string' ? [finding] : [];
  });
}

const text = z.string();
const seconds = z.record(text, z.number());

export const ticketSchema: z.ZodType<TicketMemory> = z.object({
  version: z.number(),
  channel: text,
  ticketKey: text,
  reference: text.exactOptional(),
  url: text.exactOptional(),
  open: seconds,
  ended: seconds,
  standing: z
    .object({ assignee: text.exactOptional(), inProgress: text.exactOptional() })
    .exactOptional(),
  watch: z.object({ since: text, next: text }).exactOptional(),
});
