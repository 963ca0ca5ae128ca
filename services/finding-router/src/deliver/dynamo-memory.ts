import { digest } from '@riposte/findings';
import * as z from 'zod';
import { StaleDeliveryError } from '../errors.ts';
import { readMessage } from '../read-message.ts';
import { expiryAfter, type Key, type Table, type Versioned } from '../table.ts';
import { ticketedPut, ticketItem, ticketKeyOf, ticketSchema } from '../tickets/ticket-items.ts';
import type { Delivered, DeliveryMemory, Thread } from './ports.ts';

/** Longer than a dead letter is kept: what is sent again from there is recognised. */
const receiptDays = 30;
/** As long as findings are remembered. */
const memoryDays = 400;

/** `DeliveryMemory` in the router's table: `delivery#ID` / `receipt`, `thread#CHANNEL#GROUP` / `thread`, `ticket#CHANNEL#KEY` / `ticket` and `finding#MARK`. */
export function dynamoMemory(table: Table, clock: () => Date): DeliveryMemory {
  return {
    async isDone(id) {
      const item = await table.get(receiptKey(id));
      // DynamoDB may keep an expired item for days.
      return Number(item?.expiresAt ?? 0) > clock().getTime() / 1000;
    },
    async thread(channel, groupKey) {
      const item = await table.get(threadKey({ channel, groupKey }));
      return item && readMessage(threadSchema, item);
    },
    async ticket(channel, ticketKey) {
      const item = await table.get(ticketKeyOf({ channel, ticketKey }));
      return item && readMessage(ticketSchema, item);
    },
    async keep(delivered) {
      const { thread: _thread, ticket: _ticket, ticketed: _ticketed, ...receipt } = delivered;
      const put = { ...receipt, expiresAt: expiryAfter(receiptDays, clock()) };
      const expiresAt = expiryAfter(memoryDays, clock());
      const isKept = await table.putAll([
        { key: receiptKey(receipt.id), item: put },
        ...builtOn(delivered, expiresAt),
      ]);
      if (!isKept) throw new StaleDeliveryError(receipt.id);
    },
  };
}

function receiptKey(id: string): Key {
  return { pk: `delivery#${id}`, sk: 'receipt' };
}

function threadKey({ channel, groupKey }: Pick<Thread, 'channel' | 'groupKey'>): Key {
  return { pk: `thread#${channel}#${digest(groupKey)}`, sk: 'thread' };
}

/** What the delivery builds on, to be written on what was read before. */
function builtOn(
  { thread, ticket, ticketed }: Pick<Delivered, 'thread' | 'ticket' | 'ticketed'>,
  expiresAt: number,
): readonly Versioned[] {
  if (thread) {
    const onVersion = thread.version - 1;
    return [{ key: threadKey(thread), item: { ...thread, expiresAt }, onVersion }];
  }
  if (!ticket) return [];
  const onVersion = ticket.version - 1;
  const put = { key: ticketKeyOf(ticket), item: { ...ticketItem(ticket), expiresAt }, onVersion };
  return ticketed === undefined ? [put] : [put, ticketedPut(ticket, ticketed, expiresAt)];
}

const text = z.string();
const threadSchema: z.ZodType<Thread> = z.object({
  version: z.number(),
  channel: text,
  groupKey: text,
  reference: text.exactOptional(),
  ended: z.boolean(),
});
