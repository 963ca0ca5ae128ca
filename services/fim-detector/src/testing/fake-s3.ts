import { Readable } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';

interface Stored {
  readonly id: string;
  readonly body?: string | Buffer;
  readonly at?: string;
  readonly encoding?: string;
  readonly marker?: boolean;
}

/** What the client sends, as far as it is read here. */
interface Request {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
}

interface Answer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Readable;
}

/** S3 below a real client: it lists as S3 does, in XML, delete markers between the versions. */
export interface FakeS3 {
  readonly client: S3Client;
  readonly calls: Request[];
  put(key: string, version: Stored): void;
  remove(key: string): void;
  fail(code: string, status: number): void;
}

export function fakeS3(): FakeS3 {
  const keys = new Map<string, Stored[]>();
  const calls: Request[] = [];
  let failure: (() => Answer) | undefined;
  const handle = async (request: Request) => {
    calls.push(request);
    const query = request.query ?? {};
    const response = failure?.() ?? ('versions' in query ? list(keys, query) : get(keys, request));
    return { response };
  };
  return {
    calls,
    client: new S3Client({
      ...{ region: 'us-east-1', maxAttempts: 1, forcePathStyle: true },
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      requestHandler: { handle, metadata: { handlerProtocol: 'http/1.1' } },
    }),
    put: (key, version) => void keys.set(key, [version, ...(keys.get(key) ?? [])]),
    remove: (key) => void keys.delete(key),
    fail: (code, status) => {
      failure = () => refusal(code, status);
    },
  };
}

function list(keys: ReadonlyMap<string, readonly Stored[]>, query: NonNullable<Request['query']>) {
  const { prefix, 'max-keys': most, 'key-marker': after, 'version-id-marker': afterId } = query;
  const all = [...keys]
    .filter(([key]) => key.startsWith(String(prefix)))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, versions]) => versions.map((version) => ({ key, version })));
  const start = all.findIndex(({ key, version }) => key === after && version.id === afterId) + 1;
  const page = all.slice(start, start + Number(most));
  const last = page.at(-1);
  const isTruncated = start + page.length < all.length && last !== undefined;
  const next = isTruncated
    ? `<NextKeyMarker>${last.key}</NextKeyMarker><NextVersionIdMarker>${last.version.id}</NextVersionIdMarker>`
    : '';
  return xml(
    200,
    `<ListVersionsResult><IsTruncated>${isTruncated}</IsTruncated>${next}${page
      .map(element)
      .join('')}</ListVersionsResult>`,
  );
}

function element({ key, version }: { readonly key: string; readonly version: Stored }): string {
  const { id, body = '', at = '2026-11-24T10:00:00.000Z', marker } = version;
  const common = `<Key>${key}</Key><VersionId>${id}</VersionId><LastModified>${at}</LastModified>`;
  if (marker) return `<DeleteMarker>${common}</DeleteMarker>`;
  return `<Version>${common}<ETag>${tagOf(version)}</ETag><Size>${body.length}</Size></Version>`;
}

/** As S3 has it: with quotation marks. */
function tagOf({ body = '' }: Stored): string {
  return `"${Buffer.from(body).toString('hex')}"`;
}

function get(keys: ReadonlyMap<string, readonly Stored[]>, { path, query, headers }: Request) {
  const key = decodeURIComponent(path.split('/').slice(2).join('/'));
  const version = keys.get(key)?.find(({ id }) => id === query?.versionId);
  if (!version) return refusal('NoSuchVersion', 404);
  if (version.marker) return refusal('MethodNotAllowed', 405);
  const wanted = headers['if-match'];
  if (wanted !== undefined && wanted !== tagOf(version)) return refusal('PreconditionFailed', 412);
  const { body = '', encoding } = version;
  return {
    statusCode: 200,
    headers: {
      'content-length': String(body.length),
      ...(encoding !== undefined && { 'content-encoding': encoding }),
    },
    body: Readable.from([Buffer.from(body)]),
  };
}

function refusal(code: string, status: number): Answer {
  return xml(status, `<Error><Code>${code}</Code><Message>no</Message></Error>`);
}

function xml(statusCode: number, text: string): Answer {
  const headers = { 'content-type': 'application/xml' };
  return { statusCode, headers, body: Readable.from([Buffer.from(text)]) };
}
