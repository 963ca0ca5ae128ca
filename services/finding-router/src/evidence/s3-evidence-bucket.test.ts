import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { s3EvidenceBucket } from './s3-evidence-bucket.ts';

const s3 = mockClient(S3Client);
const bucket = s3EvidenceBucket({ client: new S3Client({}), bucketName: 'evidence' });

beforeEach(() => {
  s3.reset();
});

function refusal(name: string) {
  return new S3ServiceException({ name, $fault: 'client', $metadata: {} });
}

function body(text: string) {
  return { Body: { transformToString: async () => text }, VersionId: 'v1' };
}

describe('s3EvidenceBucket', () => {
  it('creates an object once, with its checksum', async () => {
    s3.on(PutObjectCommand).resolves({ VersionId: 'v1' });
    expect(await bucket.create('a', '{}')).toEqual({ created: true, versionId: 'v1' });
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toEqual({
      Bucket: 'evidence',
      Key: 'a',
      Body: '{}',
      ContentType: 'application/json',
      IfNoneMatch: '*',
      ChecksumAlgorithm: 'SHA256',
    });
  });

  it.each(['PreconditionFailed', 'ConditionalRequestConflict'])(
    'says on %s that somebody else has the key',
    async (name) => {
      s3.on(PutObjectCommand).rejects(refusal(name));
      expect(await bucket.create('a', '{}')).toEqual({ created: false });
    },
  );

  it('lets other errors through', async () => {
    s3.on(PutObjectCommand).rejects(refusal('AccessDenied'));
    await expect(bucket.create('a', '{}')).rejects.toMatchObject({ name: 'AccessDenied' });
    s3.on(GetObjectCommand).rejects(refusal('AccessDenied'));
    await expect(bucket.read('a')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('reads an object with its version, or says that there is none', async () => {
    s3.on(GetObjectCommand)
      .callsFakeOnce(() => body('{}'))
      .rejects(new NoSuchKey({ message: '', $metadata: {} }));
    expect(await bucket.read('a')).toEqual({ key: 'a', text: '{}', versionId: 'v1' });
    expect(await bucket.read('a')).toBeUndefined();
  });

  it('finds the newest manifest: the last of the last folder, over all pages', async () => {
    s3.on(ListObjectsV2Command, { Prefix: 'manifests/', Delimiter: '/' }).resolves({
      CommonPrefixes: [{ Prefix: 'manifests/000000/' }, { Prefix: 'manifests/000001/' }],
    });
    s3.on(ListObjectsV2Command, { Prefix: 'manifests/000001/' })
      .resolvesOnce({ Contents: [{ Key: 'one' }], NextContinuationToken: 'more' })
      .resolves({ Contents: [{ Key: 'two' }] });
    s3.on(GetObjectCommand, { Key: 'two' }).callsFake(() => body('newest'));
    expect(await bucket.newestManifest()).toEqual({ key: 'two', text: 'newest', versionId: 'v1' });
    expect(s3.commandCalls(ListObjectsV2Command).at(-1)?.args[0].input.ContinuationToken).toBe(
      'more',
    );
  });

  it('finds none in an empty bucket', async () => {
    s3.on(ListObjectsV2Command).resolves({});
    expect(await bucket.newestManifest()).toBeUndefined();
  });
});
