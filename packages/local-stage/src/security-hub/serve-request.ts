import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccountRegion } from '../types.ts';
import { HubFault } from './hub-fault.ts';
import { isObject } from './json.ts';
import type { HubContext } from './ports.ts';
import { routeOf } from './routes.ts';
import type { JsonObject } from './types.ts';

interface ServeOptions {
  readonly context: HubContext;
  readonly scopeOf: (authorization: string | undefined) => AccountRegion;
  /** Throws when the account-Region is too fast. */
  readonly admit: (scope: AccountRegion) => void;
}

/** Answers one request of the API in restJson: members or an error of the model. */
export async function serveRequest(
  options: ServeOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  try {
    send(response, 200, answer(options, request, body));
  } catch (error) {
    const fault =
      error instanceof HubFault
        ? error
        : new HubFault('InternalException', 'Internal service failure', { cause: error });
    response.setHeader('x-amzn-errortype', fault.code);
    send(response, fault.status, { Message: fault.message, Code: fault.code });
  }
}

function answer(
  { context, scopeOf, admit }: ServeOptions,
  request: IncomingMessage,
  body: string,
): JsonObject {
  const url = new URL(request.url ?? '/', 'http://stand-in.invalid');
  const scope = scopeOf(request.headers.authorization);
  const route = routeOf(request.method ?? 'GET', decoded(url.pathname));
  if (!route)
    throw new HubFault(
      'ResourceNotFoundException',
      `The stand-in of Security Hub has no ${request.method} ${url.pathname}`,
    );
  admit(scope);
  return route.operation({
    ...context,
    scope,
    state: context.states.of(scope),
    body: parsed(body),
    path: route.path,
    query: url.searchParams,
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(body: string): JsonObject {
  if (body === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    if (isObject(value)) return value;
  } catch (error) {
    throw new HubFault('InvalidInputException', 'The request body is not valid JSON', {
      cause: error,
    });
  }
  throw new HubFault('InvalidInputException', 'The request body is not a JSON object');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function send(response: ServerResponse, status: number, members: JsonObject): void {
  const body = Buffer.from(JSON.stringify(members));
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-amzn-requestid': randomUUID(),
  });
  response.end(body);
}
