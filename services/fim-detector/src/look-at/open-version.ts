import { type ByteSource, formatInventoryKey } from '@riposte/inventory';
import { VersionGoneError } from '../errors.ts';
import type { Inventories, InventoryObject, ListedVersion } from '../ports.ts';

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
