import { pipeline, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { GetObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { ByteSource } from '@riposte/inventory';
import { UnexpectedAnswerError } from './errors.ts';
import type { Inventories, ListedVersion } from './ports.ts';
import { listedVersions, versionQuery } from './s3-listed-versions.ts';
import type { Spool } from './spool.ts';

/** What fits into the memory, several times at once: a node's 500 files are 0.2 MB. */
const mostInMemory = 16 * 1024 * 1024;

interface Options {
  readonly client: S3Client;
  readonly spool: Spool;
  /** Bytes up to which a version is held in memory. */
  readonly inMemory?: number;
}

/**
 * `Inventories` on S3. Needs `s3:ListBucketVersions`, `s3:GetObjectVersion`, `s3:ListBucket` (without it, S3 does not say that a version is
 * gone), and `kms:Decrypt` where the bucket has a key.
 */
export function s3Inventories(options: Options): Inventories {
  return {
    since: (bucket, key, versionId) => since(options.client, { bucket, key, versionId }),
    open: (bucket, key, versionId) => open(options, { bucket, key, versionId }),
  };
}

interface Wanted {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
}

async function since(
  client: S3Client,
  { bucket, key, versionId }: Omit<Wanted, 'versionId'> & { versionId: string | undefined },
): ReturnType<Inventories['since']> {
  const newer: ListedVersion[] = [];
  for await (const page of listedVersions(client, { bucket, key })) {
    const at = page.findIndex((version) => version.versionId === versionId);
    newer.push(...(at < 0 ? page : page.slice(0, at)));
    if (at >= 0) return { found: true, versions: newer.reverse() };
  }
  return { found: versionId === undefined, versions: newer.reverse() };
}

async function open(options: Options, wanted: Wanted): Promise<ByteSource | undefined> {
  const { spool, inMemory = mostInMemory } = options;
  const first = await fetched(options.client, wanted);
  if (!first) return undefined;
  if (first.length <= inMemory) {
    const bytes = await buffer(first.body);
    return { open: () => readable(Readable.from([bytes]), first.zipped) };
  }
  const name = `${wanted.bucket}/${wanted.key}?${wanted.versionId}`;
  let reread = await spool.keep(name, first.body);
  return {
    async *open() {
      let file = await reread();
      if (!file) {
        // Others have taken its room since.
        reread = await spool.keep(name, await fetchedAgain(options.client, wanted));
        file = await reread();
      }
      if (!file) throw new UnexpectedAnswerError('GetObject', 'its bytes could not be kept');
      yield* readable(file, first.zipped);
    },
  };
}

/** Some who write inventories themselves compress them. */
function readable(bytes: Readable, zipped: boolean): AsyncIterable<Uint8Array> {
  return zipped ? pipeline(bytes, createGunzip(), () => undefined) : bytes;
}

async function fetchedAgain(client: S3Client, wanted: Wanted): Promise<Readable> {
  const again = await fetched(client, wanted);
  if (!again) throw new UnexpectedAnswerError('GetObject', 'a version went while it was read');
  return again.body;
}

interface Fetched {
  readonly body: Readable;
  readonly length: number;
  readonly zipped: boolean;
}

/** Names of errors that say that the version is not there, a delete marker, or replaced. */
const gone: readonly string[] = [
  ...['NoSuchKey', 'NoSuchVersion', 'NotFound', 'MethodNotAllowed', 'PreconditionFailed'],
];

async function fetched(
  client: S3Client,
  { bucket, key, versionId }: Wanted,
): Promise<Fetched | undefined> {
  try {
    const { Body, ContentLength, ContentEncoding } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, ...versionQuery(versionId) }),
    );
    if (!(Body instanceof Readable)) throw new UnexpectedAnswerError('GetObject', 'has no body');
    const length = ContentLength ?? Number.POSITIVE_INFINITY;
    return { body: Body, length, zipped: ContentEncoding === 'gzip' };
  } catch (error) {
    if (error instanceof S3ServiceException && gone.includes(error.name)) return undefined;
    throw error;
  }
}
