import * as z from 'zod';
import { routerEnvironment } from '../config.ts';

/** The environment that acknowledging reads. */
export const acknowledgeEnvironment = routerEnvironment.extend({
  UPDATES_QUEUE_URL: z.string().min(1),
  WAKE_QUEUE_URL: z.string().min(1),
});
export type AcknowledgeConfig = z.infer<typeof acknowledgeEnvironment>;
