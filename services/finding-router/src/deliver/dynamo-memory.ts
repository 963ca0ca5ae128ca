import { digest } from '@riposte/findings';
import * as z from 'zod';
import { StaleDeliveryError } from '../errors.ts';
import { readMessage } from '../read-message.ts';
import { expiryAfter, type Key, type Table, type Versioned } from '../table.ts';
import type { Delivered, DeliveryMemory, Thread, TicketMemory } from './ports.ts';

/** Longer than a dead letter is kept: what is sent again from there is recognised. */
const receiptDays = 30;
/** As long as findings are remembered. */
const memoryDays = 400;

/** `DeliveryMemory` in the router's table: `delivery#ID` / `receipt`, `thread#CHANNEL#GROUP` / `thread`, `ticket#CHANNEL#KEY` / `ticket`. */
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
      const { thread: _thread, ticket: _ticket, ...receipt } = delivered;
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

function ticketKeyOf({ channel, ticketKey }: Pick<TicketMemory, 'channel' | 'ticketKey'>): Key {
  return { pk: `ticket#${channel}#${ticketKey}`, sk: 'ticket' };
}

/** What the delivery builds on, to be written on what was read before. */
function builtOn(
  { thread, ticket }: Pick<Delivered, 'thread' | 'ticket'>,
  expiresAt: number,
): readonly Versioned[] {
  if (thread) return [remembered(threadKey(thread), thread, expiresAt)];
  return ticket ? [remembered(ticketKeyOf(ticket), ticket, expiresAt)] : [];
}

function remembered(key: Key, memory: Thread | TicketMemory, expiresAt: number): Versioned {
  return { key, item: { ...memory, expiresAt }, onVersion: memory.version - 1 };
}

const text = z.string();
const seconds = z.record(text, z.number());
const threadSchema: z.ZodType<Thread> = z.object({
  version: z.number(),
  channel: text,
  groupKey: text,
  reference: text.exactOptional(),
  ended: z.boolean(),
});
const ticketSchema: z.ZodType<TicketMemory> = z.object({
  version: z.number(),
  channel: text,
  ticketKey: text,
  reference: text.exactOptional(),
  url: text.exactOptional(),
  open: seconds,
  ended: seconds,
});
