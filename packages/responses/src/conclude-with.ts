import type { ResponseRecord } from '@riposte/findings';

/** What a response came to. */
export type Conclusion = Partial<
  Omit<ResponseRecord, 'schemaVersion' | 'id' | 'revision' | 'times' | 'tells'>
> & {
  readonly status: ResponseRecord['status'];
  readonly times: Partial<ResponseRecord['times']>;
};

/**
 * The record with its outcome, one revision further: what the outbox will send.
 *
 * @example
 * await records.conclude(concludeWith(record, { status: 'verified', verification, times: { verified: now } }));
 */
export function concludeWith(record: ResponseRecord, conclusion: Conclusion): ResponseRecord {
  const { tells: _meant, ...claimed } = record;
  const times = { ...record.times, ...conclusion.times };
  return { ...claimed, ...conclusion, times, revision: record.revision + 1 };
}
