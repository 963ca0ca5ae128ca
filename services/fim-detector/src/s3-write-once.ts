import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';

/** The evidence bucket. */
export interface Evidence {
  readonly client: S3Client;
  readonly bucketName: string;
}

export const ndjson = 'application/x-ndjson';

/** How often somebody is waited for who writes the same at the same time. */
const attempts = 4;

/**
 * Writes an object whose key says what it holds. That it is there already means that the same was written before.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function writeOnce(
  { client, bucketName }: Evidence,
  { key, text }: { readonly key: string; readonly text: string },
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(
        new PutObjectCommand({
          Bucket: bucketName,
          Key: key,
          Body: text,
          ContentType: ndjson,
          IfNoneMatch: '*',
          ChecksumAlgorithm: 'SHA256',
        }),
      );
      return;
    } catch (error) {
      const name = error instanceof S3ServiceException ? error.name : '';
      if (name === 'PreconditionFailed') return;
      // Whoever is writing now may fail yet.
      if (name !== 'ConditionalRequestConflict' || attempt === attempts) throw error;
      await wait(50 * 2 ** attempt);
    }
  }
}

export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}
