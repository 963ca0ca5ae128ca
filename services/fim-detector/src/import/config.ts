import * as z from 'zod';
import { hubLimits } from './hub.ts';

const text = z.string().min(1);

/** What handing findings in reads of a function's environment. */
export const importEnvironment = z.object({
  RIPOSTE_FUNCTION: text,
  /** Names the account that Riposte runs in. */
  ALERTS_TOPIC_ARN: text,
  DLQ_URL: text,
  /** Where findings lie that Security Hub refused, to be sent back to the detector's queue; empty: with the function's own dead letters. */
  DETECTOR_DLQ_URL: z.string().default(''),
  /** Whose findings those of other accounts become. */
  FINDING_ACCOUNT: z.enum(['member', 'security']).default('member'),
  /** The role in other accounts; empty: there is none. */
  FINDINGS_ROLE_NAME: z.string().default(''),
  /** How many of this function run at once at most. */
  MAXIMUM_CONCURRENCY: z.coerce.number().int().min(1),
  /** This function's part of the ten calls a second that Security Hub takes of an account in a Region. */
  HUB_CALLS_PER_SECOND: z.coerce.number().positive().max(hubLimits.callsPerSecond).default(10),
});
export type ImportConfig = z.infer<typeof importEnvironment>;
