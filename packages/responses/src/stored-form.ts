import type { ResponseRecord } from '@riposte/findings';
import { evidenceKey, evidenceText, sha256 } from './evidence-object.ts';
import { summaryOf } from './record-summary.ts';

/**
 * What an item, an event and a message carry of a record, in bytes of JSON. Well below each of their limits: DynamoDB takes 400 KB, SNS
 * 256 KiB, EventBridge 1 MB.
 */
const maxRecordBytes = 200_000;

/** A record as the state table holds it: as it is, or a summary that says where the whole is. */
export interface StoredForm {
  readonly record: ResponseRecord;
  /** The text of the whole, where `record` is a summary. */
  readonly wholeText?: string;
}

/**
 * Decides how a record is stored. Nothing is lost: what the summary cuts stands in the whole.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
 */
export function storedForm(record: ResponseRecord): StoredForm {
  if (Buffer.byteLength(JSON.stringify(record)) <= maxRecordBytes) return { record };
  const wholeText = evidenceText(record);
  const whole = {
    evidenceKey: evidenceKey(record),
    sha256: sha256(wholeText),
    bytes: Buffer.byteLength(wholeText),
  };
  return { record: summaryOf(record, whole), wholeText };
}
