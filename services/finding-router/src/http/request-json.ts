import { ChannelBusyError, ChannelDownError, DeliveryRefusedError } from '../errors.ts';
import { allowedUrl } from './allowed-url.ts';
import { failureInWords } from './failure-in-words.ts';
import { readLimited } from './read-limited.ts';
import { retryAfterSeconds } from './retry-after.ts';

export interface JsonRequest {
  /** Name of the channel, for errors. */
  readonly channel: string;
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string goes out as it is, for callers that signed it. */
  readonly body?: unknown;
  /** For the whole exchange, redirects included; 10 s where absent. */
  readonly timeoutMs?: number;
  readonly now?: () => Date;
}

export interface JsonAnswer {
  /** 2xx or 4xx, but neither 408 nor 429. */
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body; undefined where it is no JSON. */
  readonly json: unknown;
  readonly text: string;
}

/** Statuses that keep method and body. Any other redirect of a POST would send nothing. */
const keepsBody = new Set([307, 308]);
const mostRedirects = 3;

/**
 * Asks a receiver over HTTP: https only (http to this machine), one deadline, redirects on the same origin only, answers of at most 1 MB.
 * What only the receiver's own API can explain, a 4xx, is left to the caller. Errors carry neither the URL nor headers nor a cause:
 * all of these can hold the channel's secret.
 *
 * @throws {ChannelBusyError} for 429, and for 503 with Retry-After.
 * @throws {ChannelDownError} for 408, other 5xx, time-outs and broken connections.
 * @throws {DeliveryRefusedError} for URLs, redirects and answers that are not allowed.
 * @example
 * const { status, json } = await requestJson({ channel: 'soc', url, method: 'POST', body: { text: 'hello' } });
 */
export async function requestJson(request: JsonRequest): Promise<JsonAnswer> {
  const { channel } = request;
  const signal = AbortSignal.timeout(request.timeoutMs ?? 10_000);
  const headers = headersOf(request);
  const body = bodyOf(request.body);
  let url = allowedUrl(channel, request.url);
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const answer = await exchange(request, url, { headers, signal, ...(body && { body }) });
    const location = answer.headers.get('location');
    if (answer.status < 300 || answer.status >= 400) return finished(request, answer);
    await answer.body?.cancel();
    url = redirected(request, { from: url, location, status: answer.status });
  }
  throw new DeliveryRefusedError(channel, 'url', `redirects more than ${mostRedirects} times`);
}

async function exchange(request: JsonRequest, url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, method: request.method, redirect: 'manual' });
  } catch (error) {
    throw new ChannelDownError(request.channel, failureInWords(error));
  }
}

async function finished(request: JsonRequest, answer: Response): Promise<JsonAnswer> {
  const { channel } = request;
  const { status, headers } = answer;
  const retryAfter = headers.get('retry-after');
  if (status === 429 || (status === 503 && retryAfter !== null)) {
    await answer.body?.cancel();
    const now = request.now?.() ?? new Date();
    throw new ChannelBusyError(channel, retryAfterSeconds(retryAfter, now));
  }
  if (status >= 500 || status === 408) {
    await answer.body?.cancel();
    throw new ChannelDownError(channel, `HTTP ${status}`);
  }
  const text = await readLimited(channel, answer);
  return { status, headers, text, json: parsed(text) };
}

/** Another host could read the secret in the headers, so the receiver may send us around on its own origin only. */
function redirected(
  { channel, method }: JsonRequest,
  { from, location, status }: { from: URL; location: string | null; status: number },
): URL {
  if (method !== 'GET' && !keepsBody.has(status)) {
    throw new DeliveryRefusedError(channel, 'url', `answers HTTP ${status}, which drops the body`);
  }
  const to =
    location !== null && URL.canParse(location, from.href) ? new URL(location, from) : from;
  if (location === null || to.origin !== from.origin) {
    throw new DeliveryRefusedError(channel, 'url', 'redirects to another host');
  }
  return allowedUrl(channel, to.href);
}

function headersOf({ channel, headers, body }: JsonRequest): Headers {
  const json = body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  try {
    return new Headers({ accept: 'application/json', ...json, ...headers });
  } catch {
    // The error quotes the header's value, which can be the secret.
    throw new DeliveryRefusedError(channel, 'secret', 'holds characters that no header can carry');
  }
}

function bodyOf(body: unknown): string | undefined {
  return typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body);
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
