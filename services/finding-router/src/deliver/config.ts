import * as z from 'zod';

const text = z.string().min(1);
const positive = (usual: number) => z.coerce.number().positive().default(usual);

/** The environment that functions read which deliver messages. */
export const deliverEnvironment = z.object({
  RIPOSTE_FUNCTION: text,
  RIPOSTE_STAGE: text,
  AWS_REGION: text,
  ROUTER_TABLE_NAME: text,
  /** A message that waited longer is given up: it would mislead more than help. */
  DELIVERY_GIVE_UP_HOURS: positive(6),
  /** So many failures in a row, and a channel is left alone for a while. */
  DELIVERY_BREAKER_FAILURES: z.coerce.number().int().positive().default(5),
  /** Seconds of the first pause; each further one is twice as long. */
  DELIVERY_PAUSE_SECONDS: positive(30),
  /** Seconds that neither a pause nor the back-off of a message exceeds; a receiver may ask for more. */
  DELIVERY_LONGEST_PAUSE_SECONDS: positive(900),
  METRICS_BY_RULE: z.stringbool().default(false),
});
export type DeliverConfig = z.infer<typeof deliverEnvironment>;
