import * as z from 'zod';
import type { Notification, NotifiedFinding, TicketCommand } from '../delivery.ts';
import { readMessage } from '../read-message.ts';

const text = z.string();
const time = z.iso.datetime({ offset: true });

const finding: z.ZodType<NotifiedFinding> = z.object({
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
});

const common = { id: text.min(1), channel: text.min(1), title: text, body: text, at: time };

const notification: z.ZodType<Notification> = z.object({
  ...common,
  groupKey: text.min(1),
  status: z.enum(['firing', 'resolved', 'acknowledged', 'escalated']),
  labels: z.record(text, text),
  findings: z.array(finding),
  total: z.number(),
  repeat: z.number(),
  reference: text.exactOptional(),
});

const ticketCommand: z.ZodType<TicketCommand> = z.object({
  ...common,
  ticketKey: text.min(1),
  action: z.enum(['open', 'comment', 'resolve', 'reopen']),
  reference: text.exactOptional(),
  comment: text.exactOptional(),
  fields: z.record(text, z.unknown()).exactOptional(),
  finding,
});

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
