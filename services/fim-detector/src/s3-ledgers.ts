import { GetObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { ledgerKey, ledgerLines, readLedger } from '@riposte/inventory';
import { LedgerLostError } from './errors.ts';
import type { Ledgers } from './ports.ts';
import { type Evidence, sha256, writeOnce } from './s3-write-once.ts';

/** `Ledgers` in the evidence bucket. Needs `s3:PutObject`, `s3:GetObject` and `s3:ListBucket`; without the last, S3 does not say that one is missing. */
export function s3Ledgers(evidence: Evidence): Ledgers {
  return {
    async read(pointer) {
      const bytes = await fetched(evidence, pointer.key);
      if (!bytes) throw new LedgerLostError(pointer.key, 'is not there');
      if (sha256(bytes) !== pointer.sha256) {
        throw new LedgerLostError(pointer.key, 'is not what was written');
      }
      return readLedger(Buffer.from(bytes).toString('utf8'));
    },
    async write(object, versionId, entries) {
      const text = ledgerLines(entries);
      const digest = sha256(text);
      const key = ledgerKey(object.key, { versionId, sha256: digest });
      await writeOnce(evidence, { key, text });
      return { key, sha256: digest, entries: entries.length };
    },
  };
}

async function fetched(
  { client, bucketName: Bucket }: Evidence,
  Key: string,
): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return await Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}
