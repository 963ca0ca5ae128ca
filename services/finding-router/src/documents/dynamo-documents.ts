import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { UnreadableMessageError } from '../errors.ts';
import { ownObject, readMessage } from '../read-message.ts';
import { expiryAfter, type Item, type Key, type Table } from '../table.ts';
import type { LargeDocuments } from './large-documents.ts';

/** As long as the state of the finding, which may point to it: a message can be sent again from there. */
const keptDays = 400;

/** Characters of ASCII: an item takes 400 KB. */
const partLength = 300_000;

/**
 * `LargeDocuments` in the router's table, compressed, in as many items as it takes. They are named by what they hold: whoever writes the same document at
 * the same time, or once more, spoils nothing.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-use-s3-too.html
 */
export function dynamoDocuments(table: Table, clock: () => Date): LargeDocuments {
  return {
    async put(document) {
      const text = JSON.stringify(document);
      const sha256 = digestOf(text);
      const packed = gzipSync(text).toString('base64');
      const parts = Math.ceil(packed.length / partLength);
      const expiresAt = expiryAfter(keptDays, clock());
      await Promise.all(
        partKeys({ sha256, parts }).map((key, at) => {
          const part = packed.slice(at * partLength, (at + 1) * partLength);
          return table.put(key, { part, expiresAt });
        }),
      );
      return { sha256, bytes: Buffer.byteLength(text), parts };
    },
    async get(pointer) {
      const items = await table.getAll(partKeys(pointer));
      const text = unpacked(items, pointer.bytes);
      if (text === undefined || digestOf(text) !== pointer.sha256) {
        throw new UnreadableMessageError('documentAt.sha256');
      }
      return readMessage(ownObject<Readonly<Record<string, unknown>>>(), JSON.parse(text));
    },
  };
}

/** No more is unpacked than the pointer says. */
function unpacked(items: readonly Item[], maxOutputLength: number): string | undefined {
  const inOrder = items.toSorted((one, other) => (String(one.sk) < String(other.sk) ? -1 : 1));
  const packed = Buffer.from(inOrder.map(({ part }) => String(part)).join(''), 'base64');
  try {
    return gunzipSync(packed, { maxOutputLength }).toString();
  } catch {
    return undefined;
  }
}

function partKeys({ sha256, parts }: { readonly sha256: string; readonly parts: number }) {
  return Array.from({ length: parts }, (_, at): Key => {
    return { pk: `document#${sha256}`, sk: String(at).padStart(4, '0') };
  });
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
