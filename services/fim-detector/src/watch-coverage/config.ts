import * as z from 'zod';
import { importEnvironment } from '../import/config.ts';

const text = z.string().min(1);

/** What watching reads of its environment. */
export const watchEnvironment = importEnvironment.extend({
  AWS_REGION: text,
  DETECTOR_QUEUE_URL: text,
  /** Where events lie that compare could not deal with; its depth is logged. */
  COMPARE_DLQ_URL: text,
  FIM_TABLE_NAME: text,
  INVENTORY_BUCKET_NAME: text,
  /** What stands before the type in keys, with its last slash. */
  INVENTORY_PREFIX: z
    .string()
    .regex(/^(.*\/)?$/)
    .default(''),
  /** How often nodes send inventory: `rate(30 minutes)` or minutes. */
  INVENTORY_INTERVAL: z
    .string()
    .default('30')
    .transform((interval, context) => {
      const [, count, unit = 'minutes'] = /^(?:rate\()?(\d+)(?: (\w+))?\)?$/.exec(interval) ?? [];
      const minutes = count && minutesOf[unit.replace(/s$/, '')];
      if (minutes) return Number(count) * minutes * 60_000;
      context.addIssue('is no rate of minutes, hours or days');
      return z.NEVER;
    }),
  /** Types that come with each inventory, comma-separated. */
  WATCHED_TYPES: z
    .string()
    .default('AWS:File')
    .transform((types) => new Set(types.split(',').map((type) => type.trim()))),
  /** The sync that has to be there; empty: syncs are made elsewhere. */
  SYNC_NAME: z.string().default(''),
  /** For how many days the finding about a terminated node stays. */
  RETENTION_DAYS: z.coerce.number().positive().default(30),
});
export type WatchConfig = z.infer<typeof watchEnvironment>;

const minutesOf: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1_440 };
