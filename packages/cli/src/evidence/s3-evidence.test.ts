import { CloudFormationClient, ListExportsCommand } from '@aws-sdk/client-cloudformation';
import {
  GetObjectCommand,
  ListObjectVersionsCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { caller } from '../testing/fakes.ts';
import { openEvidence } from './open-evidence.ts';
import type { ObjectVersion } from './ports.ts';
import { s3Evidence } from './s3-evidence.ts';

const s3 = mockClient(S3Client);
const sts = mockClient(STSClient);
const cloudFormation = mockClient(CloudFormationClient);
const reader = s3Evidence(new S3Client({}), 'evidence');
const until = new Date('2027-01-01T00:00:00Z');

beforeEach(() => {
  for (const mock of [s3, sts, cloudFormation]) mock.reset();
  sts.on(GetCallerIdentityCommand).resolves({ Account: '123456789012', Arn: caller });
});

describe('s3Evidence', () => {
  it('lists versions and delete markers of all pages', async () => {
    s3.on(ListObjectVersionsCommand)
      .resolvesOnce({
        Versions: [{ Key: 'a', VersionId: 'v1', LastModified: until }],
        IsTruncated: true,
        NextKeyMarker: 'a',
        NextVersionIdMarker: 'v1',
      })
      .resolves({ DeleteMarkers: [{ Key: 'a' }, { VersionId: 'x' }] });
    const found: ObjectVersion[] = [];
    for await (const version of reader.versions('findings/')) found.push(version);
    expect(found).toEqual([
      { key: 'a', versionId: 'v1', isDeleteMarker: false, writtenAt: until.toISOString() },
      { key: 'a', versionId: 'null', isDeleteMarker: true, writtenAt: '1970-01-01T00:00:00.000Z' },
    ]);
    expect(s3.commandCalls(ListObjectVersionsCommand)[1]?.args[0].input).toEqual({
      Bucket: 'evidence',
      Prefix: 'findings/',
      KeyMarker: 'a',
      VersionIdMarker: 'v1',
    });
  });

  it('reads a version with its lock', async () => {
    const Body = { transformToString: async () => 'text' };
    s3.on(GetObjectCommand, { Bucket: 'evidence', Key: 'a', VersionId: 'v1' })
      .callsFakeOnce(() => ({
        Body,
        ObjectLockMode: 'COMPLIANCE',
        ObjectLockRetainUntilDate: until,
      }))
      .callsFake(() => ({ Body }));
    expect(await reader.read('a', 'v1')).toEqual({
      text: 'text',
      lock: { mode: 'COMPLIANCE', until: until.toISOString() },
    });
    expect(await reader.read('a', 'v1')).toEqual({ text: 'text' });
  });

  it('tells what is gone from what may not be read', async () => {
    const error = (name: string) =>
      new S3ServiceException({ name, $fault: 'client', $metadata: {} });
    s3.on(GetObjectCommand).rejectsOnce(error('NoSuchVersion')).rejects(error('AccessDenied'));
    expect(await reader.read('a', 'v1')).toBeUndefined();
    await expect(reader.read('a', 'v1')).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('openEvidence', () => {
  const options = { stage: 'prod', region: 'eu-west-1' };

  it('finds the bucket of the stage, or takes the one that is named', async () => {
    const Exports = [{ Name: 'riposte-prod-EvidenceBucketName', Value: 'kept' }];
    cloudFormation.on(ListExportsCommand).resolves({ Exports });
    const { bucket, clock } = await openEvidence(options);
    expect(bucket).toBe('kept');
    expect(clock()).toBeInstanceOf(Date);
    expect((await openEvidence({ ...options, bucket: 'named' })).bucket).toBe('named');
    expect(cloudFormation.commandCalls(ListExportsCommand)).toHaveLength(1);
  });

  it('says that there is none', async () => {
    cloudFormation.on(ListExportsCommand).resolves({});
    await expect(openEvidence(options)).rejects.toMatchObject({
      name: 'NotDeployedError',
      remedy: expect.stringContaining('--bucket'),
    });
  });
});
