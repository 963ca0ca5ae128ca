import { escapeText, type ResponseRecord, type ResponseStatus } from '@riposte/findings';
import { columns } from '../format/columns.ts';
import { durationInWords } from '../format/duration.ts';
import type { ResponsesPorts } from './ports.ts';

/** Every status that a record can have, for checking what was typed. */
export const statuses: readonly ResponseStatus[] = [
  'claimed',
  'verified',
  'told',
  'planned',
  'failed',
  'undone',
];

/** Which records are listed; `since` in ISO 8601. */
export interface ResponsesQuery {
  readonly since: string;
  readonly status?: string;
  readonly limit: number;
}

/** Records, newest first. */
export function listResponses(
  query: ResponsesQuery,
  { records }: Pick<ResponsesPorts, 'records'>,
): Promise<readonly ResponseRecord[]> {
  return records.list(query);
}

/** Records as people read them: one line each. */
export function responsesTable(records: readonly ResponseRecord[], since: string): string {
  if (records.length === 0) return `No response since ${since}.`;
  return columns(
    ['WHEN', 'STATUS', 'KIND', 'RESOURCE', 'ACCOUNT', 'REGION', 'TOOK', 'ID'],
    records.map((record) => [
      record.times.claimed.slice(0, 19).replace('T', ' '),
      record.status,
      record.kind,
      escapeText(resourceName(record.resource.arn), 60),
      record.resource.accountId,
      record.resource.region,
      tookInWords(record),
      record.id,
    ]),
  );
}

/** The part of an ARN that people call the thing by. */
export function resourceName(arn: string): string {
  return arn.split(/[/:]/).at(-1) || arn;
}

/** From the breach, or the claim where nothing says when it was, to the proof. */
export function tookInWords({ times }: ResponseRecord): string {
  if (times.verified === undefined) return '-';
  return durationInWords(Date.parse(times.verified) - Date.parse(times.broken ?? times.claimed));
}
