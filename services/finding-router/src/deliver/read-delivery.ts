import * as z from 'zod';
import type { Notification, NotifiedFinding, TicketCommand } from '../delivery.ts';
import { readMessage } from '../read-message.ts';

const text = z.string();
const time = z.iso.datetime({ offset: true });

const count = z.number();

/** What is not listed here would not reach a sender: the compiler asks for every field of the contracts. */
type Shape<T> = { readonly [name in keyof Required<T>]: z.ZodType };

const findingShape = {
  key: text,
  format: z.enum(['asff', 'ocsf', 'guardduty']),
  id: text,
  productArn: text.exactOptional(),
  title: text,
  severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL']),
  accountId: text,
  region: text,
  resource: text,
  resourceType: text.exactOptional(),
  owner: text.exactOptional(),
  team: text.exactOptional(),
  rule: text,
  workflow: text.exactOptional(),
  recordState: text.exactOptional(),
  riskScore: z.number().exactOptional(),
  url: text.exactOptional(),
  since: text,
  change: z.enum(['new', 'changed', 'acknowledged', 'resolved', 'open']).exactOptional(),
} satisfies Shape<NotifiedFinding>;
const finding: z.ZodType<NotifiedFinding> = z.object(findingShape);

const common = { id: text.min(1), channel: text.min(1), title: text, body: text, at: time };

const notificationShape = {
  ...common,
  groupKey: text.min(1),
  status: z.enum(['firing', 'resolved', 'acknowledged', 'escalated']),
  labels: z.record(text, text),
  findings: z.array(finding),
  total: count,
  counts: z
    .object({ new: count, changed: count, acknowledged: count, resolved: count, open: count })
    .exactOptional(),
  acknowledgedBy: z
    .array(
      z.object({
        by: text,
        at: text,
        via: z.enum(['security-hub', 'slack', 'ticket', 'command']),
      }),
    )
    .exactOptional(),
  level: count.exactOptional(),
  collected: count.exactOptional(),
  repeat: count,
  reference: text.exactOptional(),
} satisfies Shape<Notification>;
const notification: z.ZodType<Notification> = z.object(notificationShape);

const commandShape = {
  ...common,
  ticketKey: text.min(1),
  action: z.enum(['open', 'comment', 'resolve', 'reopen']),
  reference: text.exactOptional(),
  comment: text.exactOptional(),
  fields: z.record(text, z.unknown()).exactOptional(),
  finding,
} satisfies Shape<TicketCommand>;
const ticketCommand: z.ZodType<TicketCommand> = z.object(commandShape);

const envelope = z.object({
  kind: text,
  /** When a person sent it again with a fresh age. */
  redrivenAt: time.exactOptional(),
});

/** A message of a channel's queue. */
export interface Delivery<TMessage> {
  readonly message: TMessage;
  /** ISO 8601: its age counts from here. */
  readonly since: string;
}

/** @throws UnreadableMessageError naming the first wrong field. */
export function readNotification(body: unknown): Delivery<Notification> {
  return read('notification', notification, body);
}

/** @throws UnreadableMessageError naming the first wrong field. */
export function readTicketCommand(body: unknown): Delivery<TicketCommand> {
  return read('ticket', ticketCommand, body);
}

function read<TMessage extends { readonly at: string }>(
  kind: string,
  schema: z.ZodType<TMessage>,
  body: unknown,
): Delivery<TMessage> {
  const { redrivenAt } = readMessage(envelope.extend({ kind: z.literal(kind) }), body);
  const message = readMessage(schema, body);
  return { message, since: redrivenAt ?? message.at };
}
