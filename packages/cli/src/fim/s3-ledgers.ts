import { createHash } from 'node:crypto';
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { ledgerFolder, readLedger } from '@riposte/inventory';
import { AwsCallError } from '../errors.ts';
import type { FimPorts, KeptLedger } from './ports.ts';

/** Ledgers in the evidence bucket. */
export function s3Ledgers(client: S3Client, Bucket: string): Pick<FimPorts, 'ledger' | 'ledgers'> {
  return {
    async ledger({ key: Key, sha256 }) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
      if (sha256 !== undefined && createHash('sha256').update(bytes).digest('hex') !== sha256) {
        throw new AwsCallError(
          `s3://${Bucket}/${Key} is not what the detector wrote`,
          'treat it as tampering: look at the versions of the object, and at who wrote them',
        );
      }
      return readLedger(Buffer.from(bytes).toString());
    },
    async ledgers({ key }, most) {
      const found: KeptLedger[] = [];
      const pages = paginateListObjectsV2({ client }, { Bucket, Prefix: ledgerFolder(key) });
      for await (const { Contents = [] } of pages) {
        for (const { Key = '', LastModified } of Contents) {
          found.push({ key: Key, at: LastModified?.toISOString() ?? '' });
        }
      }
      return found.toSorted((one, other) => (one.at < other.at ? -1 : 1)).slice(-most);
    },
  };
}
