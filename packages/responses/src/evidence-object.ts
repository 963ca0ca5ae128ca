import { createHash } from 'node:crypto';
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

/** What that object holds, to the byte: members in the order of their names, because the state table keeps none. */
export function evidenceText(record: ResponseRecord): string {
  return `${JSON.stringify(record, inOrder, 2)}\n`;
}

/** A text's digest in hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value);
  return Object.fromEntries(members.sort(([one], [other]) => (one < other ? -1 : 1)));
}
