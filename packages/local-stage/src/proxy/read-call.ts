import type { IncomingHttpHeaders } from 'node:http';
import { restOperation } from './rest-operations.ts';
import { s3Operation } from './s3-operation.ts';
import type { CallIdentity } from './types.ts';

/** What one AssumeRole session stands for. */
export interface SessionRole {
  readonly accountId: string;
  readonly roleArn: string;
}

interface RawCall {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The body, where it was read; empty otherwise. */
  readonly body: string;
}

interface Context {
  readonly home: { readonly accountId: string; readonly region: string };
  readonly sessions: ReadonlyMap<string, SessionRole>;
}

const base = 'http://stage.invalid';

/** Reads who called what, where, from a request's signature, headers and body. */
export function readCall(raw: RawCall, { home, sessions }: Context): CallIdentity {
  const url = new URL(raw.url, base);
  const [accessKeyId = '', , region = '', service = ''] = credentialOf(raw.headers, url);
  const userAgent = headerOf(raw.headers, 'user-agent');
  const appId = /(?:^|\s)app\/(\S+)/.exec(userAgent)?.[1];
  const session = sessions.get(accessKeyId);
  const accountId = /^\d{12}$/.test(accessKeyId) ? accessKeyId : session?.accountId;
  return {
    service: service || 'unsigned',
    ...operationOf(raw, url, service),
    ...(appId !== undefined && { appId }),
    userAgent,
    accountId: accountId ?? home.accountId,
    region: region || home.region,
    accessKeyId,
    ...(session && { roleArn: session.roleArn }),
  };
}

/** Key, date, Region and service of the signature, from the header or a presigned query. */
function credentialOf(headers: IncomingHttpHeaders, url: URL): readonly string[] {
  const signed = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1];
  return (signed ?? url.searchParams.get('X-Amz-Credential') ?? '').split('/');
}

function operationOf(
  { method, headers, body }: RawCall,
  url: URL,
  service: string,
): Pick<CallIdentity, 'operation' | 'protocol'> {
  const target = headerOf(headers, 'x-amz-target');
  if (target) return { operation: target.split('.').at(-1) ?? target, protocol: 'json' };
  const cbor = /\/operation\/(\w+)$/.exec(url.pathname)?.[1];
  if (cbor) return { operation: cbor, protocol: 'cbor' };
  const action = /(?:^|&)Action=(\w+)/.exec(body)?.[1] ?? url.searchParams.get('Action');
  if (action) return { operation: action, protocol: 'query' };
  if (service === 's3')
    return { operation: s3Operation(method, url, headers), protocol: 'rest-xml' };
  const operation = restOperation(service, method, url.pathname) ?? `${method} ${url.pathname}`;
  return { operation, protocol: 'rest-json' };
}

/** What a request asks for, as a person would want to read it: members of the body, or path and query. */
export function parametersOf({ url, body }: RawCall): Readonly<Record<string, unknown>> {
  const { pathname, searchParams } = new URL(url, base);
  const path = pathname === '/' ? {} : { path: decoded(pathname) };
  const query = Object.fromEntries(searchParams);
  return { ...path, ...query, ...bodyMembers(body) };
}

function bodyMembers(body: string): Readonly<Record<string, unknown>> {
  if (/^\s*\{/.test(body)) {
    try {
      return Object.fromEntries(Object.entries(JSON.parse(body)));
    } catch {
      return {};
    }
  }
  if (!/^[\w.]+=/.test(body)) return {};
  const members = new URLSearchParams(body);
  members.delete('Action');
  members.delete('Version');
  return Object.fromEntries(members);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function headerOf(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return Array.isArray(value) ? value.join(' ') : (value ?? '');
}
