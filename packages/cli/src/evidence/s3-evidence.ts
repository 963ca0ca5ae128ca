import {
  GetObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { EvidenceReader, ObjectVersion } from './ports.ts';

/** What S3 says of a version that is not there, or is a delete marker. */
const gone = new Set(['NoSuchKey', 'NoSuchVersion', 'MethodNotAllowed']);

/** The evidence bucket on S3. Needs `s3:ListBucketVersions`, `s3:GetObjectVersion` and `s3:GetObjectRetention`. */
export function s3Evidence(client: S3Client, bucketName: string): EvidenceReader {
  return {
    async *versions(prefix) {
      let from: { readonly KeyMarker?: string; readonly VersionIdMarker?: string } | undefined = {};
      while (from) {
        const page: ListObjectVersionsCommandOutput = await client.send(
          new ListObjectVersionsCommand({ Bucket: bucketName, Prefix: prefix, ...from }),
        );
        const { Versions = [], DeleteMarkers = [] } = page;
        yield* Versions.flatMap((version) => versionOf(version, false));
        yield* DeleteMarkers.flatMap((marker) => versionOf(marker, true));
        from = nextOf(page);
      }
    },
    async read(key, versionId) {
      try {
        const { Body, ObjectLockMode, ObjectLockRetainUntilDate } = await client.send(
          new GetObjectCommand({ Bucket: bucketName, Key: key, VersionId: versionId }),
        );
        const text = (await Body?.transformToString()) ?? '';
        if (ObjectLockMode === undefined || ObjectLockRetainUntilDate === undefined)
          return { text };
        const until = ObjectLockRetainUntilDate.toISOString();
        return { text, lock: { mode: ObjectLockMode, until } };
      } catch (error) {
        if (error instanceof S3ServiceException && gone.has(error.name)) return undefined;
        throw error;
      }
    },
  };
}

function nextOf({
  IsTruncated,
  NextKeyMarker,
  NextVersionIdMarker,
}: ListObjectVersionsCommandOutput) {
  if (!IsTruncated || NextKeyMarker === undefined) return undefined;
  return {
    KeyMarker: NextKeyMarker,
    ...(NextVersionIdMarker !== undefined && { VersionIdMarker: NextVersionIdMarker }),
  };
}

interface Listed {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly LastModified?: Date | undefined;
}

function versionOf(
  { Key, VersionId, LastModified }: Listed,
  isDeleteMarker: boolean,
): readonly ObjectVersion[] {
  if (Key === undefined) return [];
  const writtenAt = (LastModified ?? new Date(0)).toISOString();
  return [{ key: Key, versionId: VersionId ?? 'null', isDeleteMarker, writtenAt }];
}
