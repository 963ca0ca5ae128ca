import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OpenCall } from './call-log.ts';
import { errorResponse, throttlingCode } from './error-response.ts';
import { type Exchange, errorCodeOf, type ProxyParts, respond } from './exchange.ts';
import { failCall } from './fail-call.ts';
import { type Answer, headersFor, type Outgoing, readAll } from './forward.ts';
import { parametersOf, readCall } from './read-call.ts';
import { asAccount, trailCallOf } from './trail-call-of.ts';
import { membersOf, type TrailCall } from './trail-calls.ts';
import type { FaultRule } from './types.ts';

/** Larger bodies (function code, objects) are passed on as they come, unread. */
const readableBytes = 1_048_576;

/** Application id of the stage's own look at things: not recorded, never throttled, never failed. */
export const observerAppId = 'stage-observer';
const unrecorded: OpenCall = { end: () => undefined };

/** Serves one call: reads who calls what, lets it fail if a rule says so, asks the emulator or the stand-in, records it. */
export async function serveCall(
  parts: ProxyParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  // The server has told the caller to go on already.
  const { expect: _expect, ...headers } = request.headers;
  const length = Number(headers['content-length'] ?? (headers['transfer-encoding'] ? Infinity : 0));
  const body = length <= readableBytes ? await readAll(request) : request;
  const text = Buffer.isBuffer(body) && isText(headers['content-type']) ? body.toString() : '';
  const raw = { method, url, headers, body: text };
  const outgoing = { method, url, headers, body };
  const call = readCall(raw, { home: parts.home, sessions: parts.sessions.known });
  if (call.service === 'unsigned') {
    await passUnsigned(parts, outgoing, response);
    return;
  }
  const members = parametersOf(raw);
  const isObserver = call.appId === observerAppId;
  const open = isObserver ? unrecorded : parts.log.begin(call, members);
  try {
    await answerCall(parts, { request, response, outgoing, call, members, open });
  } catch {
    open.end({ status: 502, errorCode: 'StageProxyError' });
    response.destroy();
  }
}

function isText(type = ''): boolean {
  return /json|x-www-form-urlencoded/.test(type);
}

/** The emulator's own pages and signals are no AWS calls, and not recorded. */
async function passUnsigned(
  parts: ProxyParts,
  outgoing: Outgoing,
  response: ServerResponse,
): Promise<void> {
  const answer = await parts.forwarder.send(parts.endpointOf('unsigned'), outgoing);
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  answer.pipe(response);
}

async function answerCall(parts: ProxyParts, exchange: Exchange): Promise<void> {
  const { call } = exchange;
  const isObserver = call.appId === observerAppId;
  if (!isObserver && parts.limits.exceeds(call)) {
    const code = throttlingCode(call);
    respond(exchange, errorResponse(call, { code, message: 'Rate exceeded' }), { errorCode: code });
    return;
  }
  const fault = isObserver ? undefined : parts.faults.pick(call);
  if (fault && fault.when !== 'after') {
    await failCall(parts, exchange, fault);
    return;
  }
  const trailCall = call.service === 'cloudtrail' ? trailCallOf(parts, exchange) : undefined;
  const own = trailCall
    ? await parts.trails.answer(trailCall)
    : parts.automations.answer(call, exchange.members);
  if (own && fault) await failCall(parts, exchange, fault);
  else if (own) respond(exchange, own, errorOf(own));
  else await passOn(parts, exchange, { fault, trailCall });
}

async function passOn(
  parts: ProxyParts,
  exchange: Exchange,
  {
    fault,
    trailCall,
  }: { readonly fault: FaultRule | undefined; readonly trailCall: TrailCall | undefined },
): Promise<void> {
  const { call, outgoing, response, open } = exchange;
  const readAs = trailCall && parts.trails.readAs(trailCall);
  const answer = await parts.forwarder.send(
    parts.endpointOf(call.service),
    asAccount(outgoing, readAs),
  );
  const status = answer.statusCode ?? 502;
  const isOfInterest = fault || trailCall || status >= 400 || call.operation === 'AssumeRole';
  if (!isOfInterest) {
    answer.on('end', () => open.end({ status })).on('error', () => open.end({ status: 0 }));
    response.writeHead(status, answer.headers);
    answer.pipe(response);
    return;
  }
  const read = { status, headers: answer.headers, body: await readAll(answer) };
  const body = await completed(parts, exchange, { read, trailCall });
  if (fault) {
    await failCall(parts, exchange, fault);
    return;
  }
  respond(exchange, { status, headers: headersFor(answer.headers, body), body }, errorOf(read));
}

function errorOf(answer: Answer): { readonly errorCode?: string } {
  return answer.status >= 400 ? { errorCode: errorCodeOf(answer) } : {};
}

async function completed(
  parts: ProxyParts,
  { call, members }: Exchange,
  { read, trailCall }: { readonly read: Answer; readonly trailCall: TrailCall | undefined },
): Promise<Buffer> {
  const { status, body } = read;
  if (status !== 200) return body;
  if (call.operation === 'AssumeRole') parts.sessions.note(body.toString(), members.RoleArn);
  if (!trailCall) return body;
  const amended = await parts.trails.amend(trailCall, membersOf(JSON.parse(body.toString())));
  return Buffer.from(JSON.stringify(amended));
}
