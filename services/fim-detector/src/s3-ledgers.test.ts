import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LedgerEntry } from '@riposte/inventory';
import { mockClient } from 'aws-sdk-client-mock';
import { LedgerLostError } from './errors.ts';
import { s3ComparisonRecords } from './s3-comparison-records.ts';
import { s3Ledgers } from './s3-ledgers.ts';
import { bucket, inventory, key } from './testing/sample-messages.ts';

const s3 = mockClient(S3Client);
const evidence = { client: new S3Client({}), bucketName: 'evidence' };
const ledgers = s3Ledgers(evidence);
const object = { bucket, key: inventory };
const at = '2026-11-24T14:00:00.000Z';
const seen = { versionId: 'v1', at };
const entry: LedgerEntry = {
  ...{ identity: '/etc/a', name: '/etc/a', before: [], openedAt: at, changes: 1, signals: [] },
  after: [{ identity: '/etc/a', name: '/etc/a', attributes: { Size: '1' } }],
  ...{ since: { from: seen, to: seen }, last: seen },
};

beforeEach(() => {
  s3.reset();
});

const refusal = (name: string) => new S3ServiceException({ name, $fault: 'client', $metadata: {} });
const written = () => s3.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input);
/** Answers with what was written last. */
const readBack = () =>
  s3.on(GetObjectCommand).callsFake(() => ({
    Body: { transformToByteArray: async () => Buffer.from(String(written().at(-1)?.Body)) },
  }));

describe('a ledger', () => {
  it('is written once, under a name that says what it holds, and read back', async () => {
    s3.on(PutObjectCommand).resolves({});
    readBack();
    const pointer = await ledgers.write(object, 'v2', [entry]);
    expect(pointer.key).toBe(
      `fim/ledgers/123456789012/us-east-1/i-0123456789abcdef0/AWS:File/v2-${pointer.sha256}.ndjson`,
    );
    expect(written()).toEqual([
      expect.objectContaining({ Key: pointer.key, IfNoneMatch: '*', ChecksumAlgorithm: 'SHA256' }),
    ]);
    expect(await ledgers.read(pointer)).toEqual([entry]);
  });

  it('that somebody has written before is the same', async () => {
    s3.on(PutObjectCommand).rejects(refusal('PreconditionFailed'));
    expect(await ledgers.write(object, 'v2', [entry])).toMatchObject({ entries: 1 });
  });

  it('that somebody is writing now is tried again: they may fail', async () => {
    s3.on(PutObjectCommand).rejectsOnce(refusal('ConditionalRequestConflict')).resolves({});
    await ledgers.write(object, 'v2', [entry]);
    expect(written()).toHaveLength(2);
    s3.reset();
    s3.on(PutObjectCommand).rejects(refusal('ConditionalRequestConflict'));
    await expect(ledgers.write(object, 'v2', [entry])).rejects.toThrow();
    expect(written()).toHaveLength(4);
  });

  it('is lost where it is not there, or is not what was written', async () => {
    s3.on(PutObjectCommand).resolves({});
    const pointer = await ledgers.write(object, 'v2', [entry]);
    readBack();
    const other = { ...pointer, sha256: 'of-something-else' };
    await expect(ledgers.read(other)).rejects.toThrow(LedgerLostError);
    s3.on(GetObjectCommand).rejects(new NoSuchKey({ message: '', $metadata: {} }));
    await expect(ledgers.read(pointer)).rejects.toThrow(LedgerLostError);
    s3.on(GetObjectCommand).rejects(refusal('AccessDenied'));
    await expect(ledgers.read(pointer)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('records of comparisons', () => {
  const record = {
    ...{ object, to: 'v2', lines: 3, created: 1, modified: 0, deleted: 0, unreadableLines: 0 },
    ...{ findings: 1, at },
  };

  it('O10: of a batch are one object of their day, a line each', async () => {
    s3.on(PutObjectCommand).resolves({});
    await s3ComparisonRecords(evidence).keep([record, { ...record, from: 'v2', to: 'v3' }]);
    const [{ Key = '', Body = '' } = {}] = written();
    expect(Key).toMatch(/^fim\/comparisons\/2026\/11\/24\/[0-9a-f]{64}\.ndjson$/);
    const lines = String(Body)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([
      expect.objectContaining({ bucket, key, to: 'v2' }),
      expect.objectContaining({ from: 'v2', to: 'v3' }),
    ]);
  });

  it('are nothing where nothing was compared', async () => {
    await s3ComparisonRecords(evidence).keep([]);
    expect(written()).toEqual([]);
  });
});
