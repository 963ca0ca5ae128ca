import { randomUUID } from 'node:crypto';
import type { CallIdentity } from './types.ts';

export interface ErrorResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An AWS error in the words of the service's protocol. */
export function errorResponse(
  { protocol, service }: Pick<CallIdentity, 'protocol' | 'service'>,
  error: { readonly code: string; readonly message: string; readonly status?: number },
): ErrorResponse {
  const status = error.status ?? 400;
  const requestId = randomUUID();
  const write = writers[protocol];
  const { type, body } = write({ ...error, requestId });
  const headers: Record<string, string> = {
    'content-type': type,
    'content-length': String(body.length),
    'x-amzn-requestid': requestId,
    'x-amzn-errortype': error.code,
  };
  // SQS's clients translate codes of its older protocol.
  if (service === 'sqs') headers['x-amzn-query-error'] = `${error.code};Sender`;
  if (protocol === 'cbor') headers['smithy-protocol'] = 'rpc-v2-cbor';
  return { status, headers, body };
}

interface Written {
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
}

type Writer = (error: Written) => { readonly type: string; readonly body: Buffer };

const json: Writer = ({ code, message }) => ({
  type: 'application/x-amz-json-1.1',
  body: Buffer.from(JSON.stringify({ __type: code, message })),
});

const writers: Readonly<Record<CallIdentity['protocol'], Writer>> = {
  json,
  'rest-json': (error) => ({ ...json(error), type: 'application/json' }),
  query: ({ code, message, requestId }) => ({
    type: 'text/xml',
    body: Buffer.from(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
    ),
  }),
  'rest-xml': ({ code, message, requestId }) => ({
    type: 'application/xml',
    body: Buffer.from(
      `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message><RequestId>${requestId}</RequestId></Error>`,
    ),
  }),
  cbor: ({ code, message }) => ({
    type: 'application/cbor',
    body: Buffer.concat([
      Buffer.from([0xa2]),
      ...['__type', code, 'message', message].map(cborText),
    ]),
  }),
};

/** A text string of CBOR, with a 16-bit length. */
function cborText(text: string): Buffer {
  const bytes = Buffer.from(text.slice(0, 60_000));
  return Buffer.concat([Buffer.from([0x79, bytes.length >> 8, bytes.length & 0xff]), bytes]);
}

/** The code by which a service says that a caller was too fast. */
export function throttlingCode({
  protocol,
  service,
}: Pick<CallIdentity, 'protocol' | 'service'>): string {
  if (service === 's3') return 'SlowDown';
  return protocol === 'query' ? 'Throttling' : 'ThrottlingException';
}

/** The code by which a service says that a caller may not. */
export function deniedCode({ protocol }: Pick<CallIdentity, 'protocol'>): string {
  return protocol === 'query' || protocol === 'rest-xml' ? 'AccessDenied' : 'AccessDeniedException';
}
