import { describe, expect, it } from '@jest/globals';
import { s3Operation } from './s3-operation.ts';

describe('the operation of an S3 request', () => {
  it.each([
    ['GET', '/', 'ListBuckets'],
    ['PUT', '/bucket', 'CreateBucket'],
    ['PUT', '/bucket/', 'CreateBucket'],
    ['HEAD', '/bucket', 'HeadBucket'],
    ['DELETE', '/bucket', 'DeleteBucket'],
    ['OPTIONS', '/bucket', 'OPTIONS bucket'],
    ['GET', '/bucket', 'ListObjects'],
    ['GET', '/bucket?list-type=2', 'ListObjectsV2'],
    ['GET', '/bucket?versions', 'ListObjectVersions'],
    ['GET', '/bucket?uploads', 'ListMultipartUploads'],
    ['POST', '/bucket?delete', 'DeleteObjects'],
    ['GET', '/bucket?policy', 'GetBucketPolicy'],
    ['DELETE', '/bucket?policy', 'DeleteBucketPolicy'],
    ['PUT', '/bucket?lifecycle', 'PutBucketLifecycleConfiguration'],
    ['DELETE', '/bucket?lifecycle', 'DeleteBucketLifecycle'],
    ['PUT', '/bucket?object-lock', 'PutObjectLockConfiguration'],
    ['PUT', '/bucket/key', 'PutObject'],
    ['GET', '/bucket/a/b', 'GetObject'],
    ['HEAD', '/bucket/key', 'HeadObject'],
    ['DELETE', '/bucket/key', 'DeleteObject'],
    ['PATCH', '/bucket/key', 'PATCH object'],
    ['PUT', '/bucket/key?retention', 'PutObjectRetention'],
    ['PATCH', '/bucket/key?retention', 'PATCH object'],
    ['POST', '/bucket/key?uploads', 'CreateMultipartUpload'],
    ['PUT', '/bucket/key?uploadId=1', 'UploadPart'],
    ['POST', '/bucket/key?uploadId=1', 'CompleteMultipartUpload'],
  ])('%s %s is %s', (method, url, operation) => {
    expect(s3Operation(method, new URL(url, 'http://s3'), {})).toBe(operation);
  });

  it('tells a copy by its source', () => {
    const headers = { 'x-amz-copy-source': '/bucket/other' };
    expect(s3Operation('PUT', new URL('http://s3/bucket/key'), headers)).toBe('CopyObject');
  });
});
