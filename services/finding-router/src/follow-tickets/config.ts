import * as z from 'zod';
import { deliverEnvironment } from '../deliver/config.ts';

/** The environment that following tickets reads. */
export const followEnvironment = deliverEnvironment.extend({
  UPDATES_QUEUE_URL: z.string().min(1),
  WAKE_QUEUE_URL: z.string().min(1),
});
export type FollowConfig = z.infer<typeof followEnvironment>;
