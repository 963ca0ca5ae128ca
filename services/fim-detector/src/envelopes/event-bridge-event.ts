import { type InventoryKey, parseInventoryKey } from '@riposte/inventory';
import { type Asked, nothing, passedOver } from './asked.ts';
import { decodeKey } from './decode-key.ts';
import type { Part } from './part.ts';

const aboutContent: readonly string[] = ['Object Created', 'Object Deleted'];

/**
 * An event of S3 that came by EventBridge.
 *
 * @throws MalformedEventError naming the first wrong field.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export function readEventBridgeEvent(event: Part): Asked {
  const source = event.member('source');
  if (source.text() !== 'aws.s3') return source.fail();
  const detailType = event.member('detail-type').text();
  const detail = event.member('detail');
  const bucket = detail.member('bucket').member('name').text();
  const object = detail.member('object');
  const inventory = keyOf(object.member('key').text());
  if (!inventory || !aboutContent.includes(detailType)) return passedOver;
  return {
    ...nothing,
    objects: [{ bucket, key: inventory }],
    unversioned: object.member('version-id').textOrNone() === undefined ? 1 : 0,
  };
}

/** Examples have keys as they are; no document says that they are never encoded. */
function keyOf(text: string): InventoryKey | undefined {
  const raw = parseInventoryKey(text);
  if (raw) return raw;
  const decoded = decodeKey(text);
  return decoded === undefined ? undefined : parseInventoryKey(decoded);
}
