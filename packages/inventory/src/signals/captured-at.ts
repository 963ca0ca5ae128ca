import type { InventoryType } from '../model/inventory-type.ts';
import type { Sighting } from '../model/ledger-entry.ts';
import type { ByteSource } from '../model/snapshot.ts';
import { parseLine } from '../snapshot/parse-line.ts';

const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const lineBreak = 10;

/**
 * When and as which version a node was seen. Its own word for the time counts only as far as it can be true: not where it is no time, nor
 * where it is after S3 stored the object.
 */
export function sightingOf(
  { versionId, storedAt }: { readonly versionId: string; readonly storedAt: string },
  captureTime: string | undefined,
): Sighting {
  const captured =
    captureTime !== undefined && form.test(captureTime) ? Date.parse(captureTime) : NaN;
  const stored = Date.parse(storedAt);
  const at = captured <= stored ? captured : stored;
  return { versionId, at: new Date(at).toISOString() };
}

/** The capture time of an inventory's first line, without reading the rest. */
export async function firstCaptureTime(
  source: ByteSource,
  type: InventoryType,
): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  for await (const bytes of source.open()) {
    const end = bytes.indexOf(lineBreak);
    parts.push(end < 0 ? bytes : bytes.subarray(0, end));
    if (end >= 0) break;
  }
  return parseLine(type, Buffer.concat(parts)).captureTime;
}
