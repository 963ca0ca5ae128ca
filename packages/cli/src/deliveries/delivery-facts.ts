import { messageOrder, orderGroup, ticketOrder } from '@riposte/notifications';
import * as z from 'zod';
import type { Letter, Original } from './read-letter.ts';

const text = z.string();
const facts = z.looseObject({
  kind: text.optional(),
  id: text.optional(),
  channel: text.optional(),
  at: text.optional(),
  redrivenAt: text.optional(),
  ticketKey: text.optional(),
  groupKey: text.optional(),
  alertKey: text.optional(),
  alert: z.looseObject({ key: text.optional() }).optional(),
  finding: z.looseObject({ key: text.optional() }).optional(),
});

/** What a message of the router says of itself, as far as it does. */
export type Facts = z.infer<typeof facts>;

/** Nothing where it is no JSON object. */
export function factsOf({ body }: Original): Facts {
  try {
    return facts.safeParse(JSON.parse(body)).data ?? {};
  } catch {
    return {};
  }
}

/** The facts of a letter's first message. */
export function factsOfLetter({ originals: [first] }: Letter): Facts {
  return first ? factsOf(first) : {};
}

/** Whether it is a message to a channel or a ticket: those are given up after a while. */
export function isDelivery({ kind }: Facts): boolean {
  return kind === 'notification' || kind === 'ticket';
}

/** ISO 8601: where the message's age counts from. */
export function sinceOf({ redrivenAt, at }: Facts): string | undefined {
  return redrivenAt ?? at;
}

/** The group that the router itself sends such a message in, so that it lines up behind those that came later. */
export function orderGroupOf(facts: Facts): string {
  const { kind, channel, ticketKey, groupKey, alert, alertKey, finding } = facts;
  if (kind === 'ticket') return orderGroup(ticketOrder(channel, ticketKey));
  if (kind === 'notification') return orderGroup(messageOrder(channel, groupKey));
  return orderGroup(alert?.key ?? alertKey ?? finding?.key ?? kind);
}
