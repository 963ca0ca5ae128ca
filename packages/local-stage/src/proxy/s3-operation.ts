/** What `?NAME` asks about, of a bucket or an object. */
const bucketParts: Readonly<Record<string, string>> = {
  policy: 'BucketPolicy',
  policyStatus: 'BucketPolicyStatus',
  lifecycle: 'BucketLifecycleConfiguration',
  versioning: 'BucketVersioning',
  encryption: 'BucketEncryption',
  logging: 'BucketLogging',
  location: 'BucketLocation',
  notification: 'BucketNotificationConfiguration',
  'object-lock': 'ObjectLockConfiguration',
  publicAccessBlock: 'PublicAccessBlock',
  ownershipControls: 'BucketOwnershipControls',
  tagging: 'BucketTagging',
  acl: 'BucketAcl',
  replication: 'BucketReplication',
};
const objectParts: Readonly<Record<string, string>> = {
  tagging: 'ObjectTagging',
  acl: 'ObjectAcl',
  retention: 'ObjectRetention',
  'legal-hold': 'ObjectLegalHold',
  attributes: 'ObjectAttributes',
};
const verbs: Readonly<Record<string, string>> = { GET: 'Get', PUT: 'Put', DELETE: 'Delete' };
const bucketCalls: Readonly<Record<string, string>> = {
  GET: 'ListObjects',
  PUT: 'CreateBucket',
  DELETE: 'DeleteBucket',
  HEAD: 'HeadBucket',
};
const objectCalls: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
  HEAD: 'HeadObject',
};

/**
 * The operation of an S3 request in path style.
 *
 * @example
 * s3Operation('PUT', new URL('http://s3/bucket?policy'), {}); // 'PutBucketPolicy'
 */
export function s3Operation(
  method: string,
  url: URL,
  headers: Readonly<Record<string, unknown>>,
): string {
  const [, bucket = '', ...key] = url.pathname.split('/');
  if (!bucket) return 'ListBuckets';
  const query = url.searchParams;
  return key.join('/') === ''
    ? bucketOperation(method, query)
    : objectOperation(method, query, headers);
}

function bucketOperation(method: string, query: URLSearchParams): string {
  if (method === 'POST' && query.has('delete')) return 'DeleteObjects';
  if (query.has('versions')) return 'ListObjectVersions';
  if (query.has('uploads')) return 'ListMultipartUploads';
  if (query.get('list-type') === '2') return 'ListObjectsV2';
  return partOperation(method, query, bucketParts) ?? bucketCalls[method] ?? `${method} bucket`;
}

function objectOperation(
  method: string,
  query: URLSearchParams,
  headers: Readonly<Record<string, unknown>>,
): string {
  if (query.has('uploadId')) return method === 'PUT' ? 'UploadPart' : 'CompleteMultipartUpload';
  if (query.has('uploads')) return 'CreateMultipartUpload';
  if (method === 'PUT' && headers['x-amz-copy-source'] !== undefined) return 'CopyObject';
  return partOperation(method, query, objectParts) ?? objectCalls[method] ?? `${method} object`;
}

function partOperation(
  method: string,
  query: URLSearchParams,
  parts: Readonly<Record<string, string>>,
): string | undefined {
  const part = Object.keys(parts).find((name) => query.has(name));
  if (part === undefined || !(method in verbs)) return undefined;
  // Deleting a lifecycle is the one verb that S3 names otherwise.
  if (method === 'DELETE' && part === 'lifecycle') return 'DeleteBucketLifecycle';
  return `${verbs[method]}${parts[part]}`;
}
