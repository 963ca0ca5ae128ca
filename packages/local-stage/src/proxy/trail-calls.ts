import { isArn, parseArn } from '@riposte/findings';
import { type ErrorResponse, errorResponse } from './error-response.ts';
import type { CallIdentity } from './types.ts';

export type Members = Readonly<Record<string, unknown>>;

/** One call to CloudTrail, with its members. */
export interface TrailCall {
  readonly call: CallIdentity;
  readonly members: Members;
  /** Asks the emulator's CloudTrail, as the caller or as another account. */
  ask(operation: string, members: Members, accountId?: string): Promise<TrailAnswer>;
}

export interface TrailAnswer {
  readonly status: number;
  readonly members: Members;
}

/** The trail that a call names, by name or ARN; empty where it names none. */
export function trailOf(members: Members): string {
  const name = members.Name ?? members.TrailName;
  return typeof name === 'string' ? name : '';
}

/** Account, home Region and name of a trail named by a call. */
export function trailKey(trail: string, call: CallIdentity): string {
  if (!isArn(trail)) return `${call.accountId}|${call.region}|${trail}`;
  const arn = parseArn(trail);
  return `${arn.accountId}|${arn.region}|${arn.resource.replace('trail/', '')}`;
}

export function okResponse(members: Members): ErrorResponse {
  const body = Buffer.from(JSON.stringify(members));
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'content-length': String(body.length),
  };
  return { status: 200, headers, body };
}

export function refusal(code: string, message: string): ErrorResponse {
  return errorResponse({ protocol: 'json', service: 'cloudtrail' }, { code, message });
}

/** An answer of the emulator, passed on as it is. */
export function relayed({ status, members }: TrailAnswer): ErrorResponse {
  return { ...okResponse(members), status };
}

export function textMember(members: Members, name: string): string {
  const value = members[name];
  return typeof value === 'string' ? value : '';
}

/** A member that is a structure; empty where it is not one. */
export function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
