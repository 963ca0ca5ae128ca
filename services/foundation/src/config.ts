import * as z from 'zod';

const text = z.string().min(1);

/** The environment that the outbox reads. */
export const outboxEnvironment = z.object({
  RIPOSTE_FUNCTION: text,
  STATE_TABLE_NAME: text,
  EVIDENCE_BUCKET_NAME: text,
  EVENT_BUS_NAME: text,
  ALERTS_TOPIC_ARN: text,
});
export type OutboxConfig = z.infer<typeof outboxEnvironment>;
