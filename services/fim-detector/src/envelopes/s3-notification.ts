import { parseInventoryKey } from '@riposte/inventory';
import { type Asked, nothing, passedOver } from './asked.ts';
import { decodeKey } from './decode-key.ts';
import type { Part } from './part.ts';

/** What changes which content an object has, whoever does it and by whichever call. */
const aboutContent = /^(?:s3:)?(?:ObjectCreated|ObjectRemoved|LifecycleExpiration):/;

/**
 * One record of an S3 event notification.
 *
 * @throws MalformedEventError naming the first wrong field; a version of the format whose keys may be written otherwise is wrong, too.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function readS3Record(record: Part): Asked {
  const version = record.member('eventVersion');
  if (!/^2\.\d+$/.test(version.text())) return version.fail();
  const eventName = record.member('eventName').text();
  const bucket = record.member('s3').member('bucket').member('name').text();
  const object = record.member('s3').member('object');
  const encoded = object.member('key');
  const key = decodeKey(encoded.text());
  if (key === undefined) return encoded.fail();
  const inventory = parseInventoryKey(key);
  if (!inventory || !aboutContent.test(eventName)) return passedOver;
  return {
    ...nothing,
    objects: [{ bucket, key: inventory }],
    unversioned: object.member('versionId').textOrNone() === undefined ? 1 : 0,
  };
}

/** What S3 sends when somebody sets a notification up. */
export function isS3TestEvent(message: Part): boolean {
  return message.member('Event').value === 's3:TestEvent';
}
