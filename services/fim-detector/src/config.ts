import * as z from 'zod';
import { importEnvironment } from './import/config.ts';

const text = z.string().min(1);

/** The environment that comparing reads. */
export const compareEnvironment = importEnvironment.extend({
  QUEUE_URL: text,
  FIM_TABLE_NAME: text,
  INVENTORY_BUCKET_NAME: text,
  EVIDENCE_BUCKET_NAME: text,
  /** Regular expressions of paths, with commas between them. */
  CRITICAL_FILE_PATTERNS: text,
  SEVERITY_LABEL: z.string().default(''),
});
export type CompareConfig = z.infer<typeof compareEnvironment>;
