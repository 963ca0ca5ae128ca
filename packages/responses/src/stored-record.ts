import type { ResponseRecord } from '@riposte/findings';
import * as z from 'zod';
import { UnreadableRecordError } from './errors.ts';

const stored = z.looseObject({
  schemaVersion: z.literal(1),
  id: z.string().min(1),
  service: z.string().min(1),
  kind: z.string().min(1),
  status: z.enum(['claimed', 'verified', 'told', 'planned', 'failed', 'undone']),
  tells: z.enum(['told', 'planned', 'failed']).optional(),
  revision: z.int().min(0),
  resource: z.looseObject({ arn: z.string(), accountId: z.string(), region: z.string() }),
  times: z.looseObject({ claimed: z.string() }),
});

/**
 * Checks what the state table holds before it is believed.
 *
 * @throws UnreadableRecordError naming the first field that is missing or wrong.
 */
export function readStoredRecord(value: unknown): ResponseRecord {
  if (isStoredRecord(value)) return value;
  const result = stored.safeParse(value);
  throw new UnreadableRecordError(result.error?.issues[0]?.path.map(String).join('.') || '(root)', {
    cause: result.error,
  });
}

function isStoredRecord(value: unknown): value is ResponseRecord {
  return stored.safeParse(value).success;
}
