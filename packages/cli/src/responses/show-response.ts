import {
  type Actor,
  type EvidencePointer,
  escapeText,
  type ResponseRecord,
} from '@riposte/findings';
import { evidenceKey, evidenceText, sha256 } from '@riposte/responses';
import { NotFoundError } from '../errors.ts';
import { tookInWords } from './list-responses.ts';
import type { ResponsesPorts } from './ports.ts';

/**
 * One record.
 *
 * @throws NotFoundError
 */
export async function showResponse(
  id: string,
  { records, stage }: Pick<ResponsesPorts, 'records' | 'stage'>,
): Promise<ResponseRecord> {
  const record = await records.get(id);
  if (record) return record;
  throw new NotFoundError(
    `there is no response ${JSON.stringify(id)} in stage ${stage}`,
    'ids are in messages, and in: riposte responses list --since 30d',
  );
}

/**
 * Where the evidence of a record's present revision lies, and what it must hash to; undefined while nothing has left, or where there is no
 * bucket.
 */
export function evidenceOf(
  record: ResponseRecord,
  bucket: string | undefined,
): EvidencePointer | undefined {
  if (bucket === undefined || record.revision === 0) return undefined;
  return { bucket, key: evidenceKey(record), sha256: sha256(evidenceText(record)) };
}

/** A record as people read it; text that a caller could choose stays on its line. */
export function responseText(record: ResponseRecord, evidence?: EvidencePointer): string {
  const { resource, trigger, times, verification, undo } = record;
  const lines = [
    `${record.id}  ${record.kind}  ${record.status}  (mode ${record.mode}, revision ${record.revision})`,
    field('Resource', resource.arn),
    field('Reason', record.reason),
    ...actorLines(record.actor),
    field('Heard by', `${trigger.path}${trigger.eventName ? ` (${trigger.eventName})` : ''}`),
    field('Event', trigger.eventId),
    field('Finding', record.finding && `${record.finding.id} (${record.finding.format})`),
    field('Broken at', times.broken),
    field('Claimed at', times.claimed),
    field('Applied at', times.applied),
    field('Verified at', times.verified && `${times.verified} (took ${tookInWords(record)})`),
    field(
      'Proof',
      verification && `${verification.verified ? 'yes' : 'NO'}: ${verification.evidence}`,
    ),
    ...record.plan.map(({ operation, what, before, after }) =>
      field('Change', `${operation}: ${what}: ${inWords(before)} -> ${inWords(after)}`),
    ),
    ...record.calls.map(({ operation, at, error }) =>
      field('Call', `${at} ${operation}${error ? ` failed: ${error}` : ''}`),
    ),
    field('Approver', record.approver),
    field('Evidence', evidence && `s3://${evidence.bucket}/${evidence.key}`),
    field('sha256', evidence?.sha256),
    field(
      'Undo',
      undo.possible
        ? `riposte responses undo ${record.id}: ${undo.how}`
        : `not possible: ${undo.how}`,
    ),
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

function actorLines(actor: Actor | undefined): readonly (string | undefined)[] {
  if (!actor) return [field('Who', 'not known')];
  const mfa = actor.mfa === undefined ? undefined : actor.mfa ? 'yes' : 'no';
  return [
    field('Who', actor.issuerArn ?? actor.arn ?? actor.type),
    field('Session', actor.sessionName),
    field('MFA', mfa),
    field('From', actor.sourceIp),
    field('User agent', actor.userAgent),
  ];
}

function inWords(value: unknown): string {
  return value === undefined ? 'not set' : JSON.stringify(value);
}

function field(label: string, value: string | undefined): string | undefined {
  return value ? `  ${`${label}:`.padEnd(13)}${escapeText(value, 400)}` : undefined;
}
