import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { createDoubleFaults } from './double-faults.ts';
import type {
  DoubleAnswer,
  DoubleBehaviour,
  DoubleFault,
  DoubleRequest,
  HttpDouble,
  RecordedRequest,
} from './http-double.ts';

export interface DoubleOptions {
  /** A free one where absent. */
  readonly port?: number;
  /** Decides what `probability` of faults draws. */
  readonly seed?: number;
  /** The time that requests are recorded with. */
  readonly now?: () => Date;
}

/** A reset or a hang is no answer. */
type Outcome = DoubleAnswer | 'reset' | 'hang';

/**
 * Starts an HTTP server on 127.0.0.1 that plays a receiver of messages: it records what it is asked, fails as the test says,
 * and leaves the rest to `behaviour`.
 *
 * @example
 * const double = await startDouble(() => ({ status: 200, body: 'ok' }));
 * double.faults.add({ status: 429, retryAfter: 30, count: 1 });
 */
export async function startDouble(
  behaviour: DoubleBehaviour,
  options: DoubleOptions = {},
): Promise<HttpDouble> {
  const faults = createDoubleFaults();
  if (options.seed !== undefined) faults.scripted.seed(options.seed);
  const now = options.now ?? (() => new Date());
  let recorded: RecordedRequest[] = [];
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 120_000;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const got = await read(request, now());
    const fault = faults.pick(got);
    const tookEffect = !fault || fault.afterEffect === true || isDelayOnly(fault);
    const regular = tookEffect ? await behaviour(got) : undefined;
    if (fault?.delay !== undefined) await wait(fault.delay, undefined, { ref: false });
    const outcome = outcomeOf(fault, regular);
    const answer = typeof outcome === 'string' ? outcome : outcome.status;
    recorded.push({ ...got, answer, faulty: fault !== undefined, tookEffect });
    if (outcome === 'reset') response.destroy();
    else if (outcome !== 'hang') send(response, outcome);
  }

  const port = await new Promise<number>((resolve, reject) => {
    server.on('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    requests: () => recorded,
    clearRequests() {
      recorded = [];
    },
    faults: faults.scripted,
    down: (status) => faults.switchTo(status === undefined ? { reset: true } : { status }),
    up: () => faults.switchTo(undefined),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A slow answer is still an answer, and what it tells has happened. */
function isDelayOnly(fault: DoubleFault): boolean {
  return !fault.reset && !fault.hang && fault.status === undefined && fault.body === undefined;
}

function outcomeOf(fault: DoubleFault | undefined, regular: DoubleAnswer | undefined): Outcome {
  if (fault?.reset) return 'reset';
  if (fault?.hang) return 'hang';
  if (!fault || isDelayOnly(fault)) return regular ?? { status: 500 };
  const retryAfter = fault.retryAfter === undefined ? {} : { 'retry-after': `${fault.retryAfter}` };
  return {
    status: fault.status ?? 200,
    headers: { ...retryAfter, ...fault.headers },
    body: fault.body ?? '',
  };
}

function send(response: ServerResponse, answer: DoubleAnswer): void {
  const isText = typeof answer.body === 'string';
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(answer.status, { 'content-type': type, ...answer.headers });
  response.end(isText || answer.body === undefined ? answer.body : JSON.stringify(answer.body));
}

async function read(request: IncomingMessage, at: Date): Promise<DoubleRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const url = new URL(request.url ?? '/', 'http://double.invalid');
  const headers = Object.entries(request.headers).map(([name, value]) => [name, `${value}`]);
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString(),
    at: at.toISOString(),
  };
}
