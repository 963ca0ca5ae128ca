import * as z from 'zod';
import { importEnvironment } from '../import/config.ts';

const text = z.string().min(1);

/** What noting associations reads of its environment. */
export const associationEnvironment = importEnvironment.extend({
  AWS_REGION: text,
  QUEUE_URL: text,
  FIM_TABLE_NAME: text,
});
export type AssociationConfig = z.infer<typeof associationEnvironment>;
