import type { ResponseRecord } from '@riposte/findings';

/**
 * Where a revision of a record lies in the evidence bucket.
 *
 * @example
 * evidenceKey(record); // 'responses/cloudtrail-guard/2026/11/24/inc-…/0001.json'
 */
export function evidenceKey(record: ResponseRecord): string {
  const day = record.times.claimed.slice(0, 10).replaceAll('-', '/');
  const revision = String(record.revision).padStart(4, '0');
  return `responses/${record.service}/${day}/${record.id}/${revision}.json`;
}

/** What that object holds, to the byte. */
export function evidenceText(record: ResponseRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}
