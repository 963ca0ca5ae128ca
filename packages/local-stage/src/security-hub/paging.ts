import { createHash } from 'node:crypto';
import type { HubFault } from './hub-fault.ts';
import { numberOf, textOf } from './json.ts';

interface PageRequest {
  readonly token: unknown;
  /** As stated in the body, or as text in the query. */
  readonly maxResults: unknown;
  readonly byDefault: number;
  /** What was asked for: a token is good for the same question only. */
  readonly question: unknown;
  readonly invalid: (parameter: string, problem: string) => HubFault;
}

interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly next: { readonly NextToken?: string };
}

/**
 * One page of a list.
 *
 * @throws HubFault made by `invalid`, for a token of another question or a page size outside 1 to 100.
 */
export function pageOf<T>(all: readonly T[], request: PageRequest): Page<T> {
  const size = sizeOf(request);
  const start = startOf(request);
  const end = start + size;
  return {
    items: all.slice(start, end),
    next: end < all.length ? { NextToken: tokenOf(end, request.question) } : {},
  };
}

function sizeOf({ maxResults, byDefault, invalid }: PageRequest): number {
  if (maxResults === undefined || maxResults === null) return byDefault;
  const size = numberOf(maxResults) ?? Number(textOf(maxResults));
  if (!Number.isInteger(size) || size < 1 || size > 100)
    throw invalid('MaxResults', `data should be ${size > 100 ? '<= 100' : '>= 1'}.`);
  return size;
}

function startOf({ token, question, invalid }: PageRequest): number {
  if (token === undefined || token === null || token === '') return 0;
  const text = Buffer.from(String(token), 'base64url').toString();
  const start = Number(text.split('.')[0]);
  if (Number.isInteger(start) && tokenOf(start, question) === token) return start;
  throw invalid('NextToken', 'The token is not valid for this request.');
}

function tokenOf(start: number, question: unknown): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(question ?? null))
    .digest('hex');
  return Buffer.from(`${start}.${hash.slice(0, 16)}`).toString('base64url');
}
