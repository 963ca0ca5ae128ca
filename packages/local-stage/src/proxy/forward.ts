import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { errorCode } from '../error-code.ts';

/** What is sent on: bytes read already, or the request itself as a stream. */
export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer | IncomingMessage;
}

/** A response that was read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sends requests on to a server, over connections that are kept. */
export interface Forwarder {
  send(endpoint: string, outgoing: Outgoing): Promise<IncomingMessage>;
  close(): void;
}

export function createForwarder(): Forwarder {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  return {
    async send(endpoint, outgoing) {
      try {
        return await sendOnce(agent, endpoint, outgoing);
      } catch (error) {
        // A kept connection that the server closed at that moment; the request never reached it.
        if (errorCode(error) !== 'ECONNRESET' || !Buffer.isBuffer(outgoing.body)) throw error;
        return sendOnce(agent, endpoint, outgoing);
      }
    },
    close: () => agent.destroy(),
  };
}

function sendOnce(agent: Agent, endpoint: string, outgoing: Outgoing): Promise<IncomingMessage> {
  const { method, url, headers, body } = outgoing;
  return new Promise((resolve, reject) => {
    const sent = request(new URL(url, endpoint), { method, headers, agent }, resolve);
    sent.on('error', reject);
    if (Buffer.isBuffer(body)) sent.end(body);
    else body.on('error', (error) => sent.destroy(error)).pipe(sent);
  });
}

/** Reads a message to its end. */
export async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Headers of a response whose body was read and may have been changed. */
export function headersFor(
  headers: IncomingHttpHeaders,
  body: Buffer,
): Readonly<Record<string, string | string[]>> {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || hopByHop.has(name) ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(kept), 'content-length': String(body.length) };
}

const hopByHop = new Set(['transfer-encoding', 'connection', 'keep-alive', 'content-length']);
