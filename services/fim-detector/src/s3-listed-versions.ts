import {
  type DeleteMarkerEntry,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectVersion,
  type S3Client,
} from '@aws-sdk/client-s3';
import { UnexpectedAnswerError } from './errors.ts';
import type { ListedVersion } from './ports.ts';
import { orderOfVersions } from './s3-version-order.ts';

type Entry = ObjectVersion | DeleteMarkerEntry;

/** Most often one version is new. A key has thousands of them, and what is not listed need not be read. */
const firstPage = 8;
const laterPages = 1000;

interface Place {
  readonly bucket: string;
  readonly key: string;
}

/**
 * What S3 has stored of a key, newest first, page by page, in S3's order. Other keys that begin like it are left out: they come after it.
 *
 * @throws UnexpectedAnswerError where an answer does not say where it goes on.
 */
export async function* listedVersions(
  client: S3Client,
  { bucket, key }: Place,
): AsyncGenerator<readonly ListedVersion[]> {
  let marker: { KeyMarker: string; VersionIdMarker: string } | undefined;
  let MaxKeys = firstPage;
  do {
    const place = { Bucket: bucket, Prefix: key, MaxKeys };
    const command = new ListObjectVersionsCommand({ ...place, ...marker });
    const order = orderOfVersions(command);
    const answer = await client.send(command);
    const versions = (answer.Versions ?? []).filter(({ Key }) => Key === key);
    const markers = (answer.DeleteMarkers ?? []).filter(({ Key }) => Key === key);
    yield inOrder([...versions, ...markers], order()).map(listed);
    MaxKeys = laterPages;
    marker = answer.IsTruncated ? after(answer, key) : undefined;
  } while (marker !== undefined);
}

/** Siblings come after the key, so that the first place of an id is the key's own. */
function inOrder(entries: readonly Entry[], ids: readonly string[]): readonly Entry[] {
  const place = new Map(ids.map((id, at) => [id, at] as const).reverse());
  const placed = entries.map((entry) => ({ entry, at: place.get(entry.VersionId ?? '') }));
  if (placed.some(({ at }) => at === undefined)) {
    throw new UnexpectedAnswerError('ListObjectVersions', 'does not say in which order');
  }
  return placed.sort((a, b) => (a.at ?? 0) - (b.at ?? 0)).map(({ entry }) => entry);
}

function after(
  { NextKeyMarker, NextVersionIdMarker }: ListObjectVersionsCommandOutput,
  key: string,
) {
  if (NextKeyMarker === undefined || NextVersionIdMarker === undefined) {
    throw new UnexpectedAnswerError('ListObjectVersions', 'does not say where it goes on');
  }
  if (NextKeyMarker !== key) return undefined;
  return { KeyMarker: NextKeyMarker, VersionIdMarker: NextVersionIdMarker };
}

function listed(entry: Entry): ListedVersion {
  const { VersionId = 'null', LastModified } = entry;
  const deleteMarker = !('ETag' in entry);
  const { ETag = '', Size = 0 } = 'ETag' in entry ? entry : {};
  return {
    versionId: VersionId === 'null' ? unversionedId(ETag) : VersionId,
    storedAt: (LastModified ?? new Date(0)).toISOString(),
    bytes: Size,
    deleteMarker,
  };
}

const unversioned = 'null-';

/**
 * The id of what a bucket holds while it keeps no versions. S3 calls each of them `null`, and puts the next one in its place: the content's tag tells them
 * apart, so that a replaced one is missed.
 */
function unversionedId(tag: string): string {
  return unversioned + tag.replaceAll('"', '');
}

/** How S3 is asked for a version: a `null` one only as long as it is the same. */
export function versionQuery(versionId: string): { VersionId: string; IfMatch?: string } {
  if (!versionId.startsWith(unversioned)) return { VersionId: versionId };
  return { VersionId: 'null', IfMatch: `"${versionId.slice(unversioned.length)}"` };
}
