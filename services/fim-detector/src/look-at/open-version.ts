import {
  type ByteSource,
  firstCaptureTime,
  formatInventoryKey,
  inventoryType,
  snapshotDigest,
} from '@riposte/inventory';
import { VersionGoneError } from '../errors.ts';
import type { Inventories, InventoryObject, ListedVersion } from '../ports.ts';
import type { LookPorts, Seen } from './looking.ts';

/** A version whose bytes are at hand. */
export interface OpenedVersion {
  readonly version: ListedVersion;
  readonly source: ByteSource;
  readonly digest: string;
  readonly captureTime: string | undefined;
}

/** Opens the next version, unless it is the one that was opened last. @throws VersionGoneError */
export async function openNext(
  { object }: Pick<Seen, 'object'>,
  version: ListedVersion,
  last: OpenedVersion | undefined,
  { inventories }: Pick<LookPorts, 'inventories'>,
): Promise<OpenedVersion> {
  if (last?.version.versionId === version.versionId) return last;
  const source = await openVersion(inventories, object, version);
  const captureTime = await firstCaptureTime(source, inventoryType(object.key.type));
  return { version, source, digest: await snapshotDigest(source), captureTime };
}

/**
 * The bytes of a version that S3 has just listed.
 *
 * @throws VersionGoneError where it went between the list and this call: a new look lists again.
 */
export async function openVersion(
  inventories: Inventories,
  { bucket, key }: InventoryObject,
  { versionId }: Pick<ListedVersion, 'versionId'>,
): Promise<ByteSource> {
  const text = formatInventoryKey(key);
  const source = await inventories.open(bucket, text, versionId);
  if (!source) throw new VersionGoneError(text, versionId);
  return source;
}
