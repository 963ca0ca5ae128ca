import * as z from 'zod';
import { importEnvironment } from '../import/config.ts';

const text = z.string().min(1);

/** What watching reads of its environment. */
export const watchEnvironment = importEnvironment.extend({
  AWS_REGION: text,
  DETECTOR_QUEUE_URL: text,
  /** Its depth is logged. */
  DETECTOR_DLQ_URL: text,
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
  RIPOSTE_STAGE: text,
  /** The sync that has to be there; empty: the stack's own, where it makes one. */
  SYNC_NAME: z.string().default(''),
  /** Whether the stack makes a sync. */
  CREATE_INVENTORY: z.stringbool().default(false),
  /** For how many days the finding about a terminated node stays. */
  RETENTION_DAYS: z.coerce.number().positive().default(30),
});
export type WatchConfig = z.infer<typeof watchEnvironment>;

const minutesOf: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1_440 };

/** The sync that has to be there; empty: syncs are made elsewhere. */
export function expectedSync({
  SYNC_NAME,
  CREATE_INVENTORY,
  RIPOSTE_STAGE,
}: Pick<WatchConfig, 'SYNC_NAME' | 'CREATE_INVENTORY' | 'RIPOSTE_STAGE'>): string {
  return SYNC_NAME || (CREATE_INVENTORY ? `riposte-fim-detector-${RIPOSTE_STAGE}` : '');
}
