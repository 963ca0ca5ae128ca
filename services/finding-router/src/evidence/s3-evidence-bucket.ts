import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { manifestFolder } from '@riposte/findings/evidence';
import type { EvidenceBucket, StoredText } from './store-evidence.ts';

interface Bucket {
  readonly client: S3Client;
  readonly bucketName: string;
}

/** Somebody wrote the key before, or is writing it now. */
const taken = new Set(['PreconditionFailed', 'ConditionalRequestConflict']);

/**
 * The evidence bucket on S3. Needs `s3:PutObject`, `s3:GetObject`, `s3:GetObjectVersion` and `s3:ListBucket`; without the last, S3 does not
 * say that an object is missing.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function s3EvidenceBucket(bucket: Bucket): EvidenceBucket {
  return {
    create: (key, text) => create(bucket, key, text),
    read: (key) => read(bucket, key),
    async newestManifest() {
      const folder = await last(bucket, { prefix: manifestFolder, by: 'folder' });
      const key = folder && (await last(bucket, { prefix: folder, by: 'key' }));
      return key ? read(bucket, key) : undefined;
    },
  };
}

async function create({ client, bucketName }: Bucket, key: string, text: string) {
  try {
    const { VersionId } = await client.send(
      new PutObjectCommand({
        Bucket: bucketName,
        Key: key,
        Body: text,
        ContentType: 'application/json',
        IfNoneMatch: '*',
        ChecksumAlgorithm: 'SHA256',
      }),
    );
    return { created: true, ...(VersionId !== undefined && { versionId: VersionId }) };
  } catch (error) {
    if (error instanceof S3ServiceException && taken.has(error.name)) return { created: false };
    throw error;
  }
}

async function read({ client, bucketName }: Bucket, key: string): Promise<StoredText | undefined> {
  try {
    const { Body, VersionId } = await client.send(
      new GetObjectCommand({ Bucket: bucketName, Key: key }),
    );
    const text = (await Body?.transformToString()) ?? '';
    return { key, text, ...(VersionId !== undefined && { versionId: VersionId }) };
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/** The last key or folder under a prefix, in the order of names, which is the order in which S3 lists. */
async function last(
  { client, bucketName }: Bucket,
  { prefix, by }: { readonly prefix: string; readonly by: 'key' | 'folder' },
): Promise<string | undefined> {
  let found: string | undefined;
  let token: string | undefined;
  do {
    const {
      Contents = [],
      CommonPrefixes = [],
      NextContinuationToken,
    } = await client.send(
      new ListObjectsV2Command({
        Bucket: bucketName,
        Prefix: prefix,
        ...(by === 'folder' && { Delimiter: '/' }),
        ...(token !== undefined && { ContinuationToken: token }),
      }),
    );
    found = (by === 'folder' ? CommonPrefixes.at(-1)?.Prefix : Contents.at(-1)?.Key) ?? found;
    token = NextContinuationToken;
  } while (token !== undefined);
  return found;
}
