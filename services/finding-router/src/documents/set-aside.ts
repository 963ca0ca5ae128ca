import type { QueuedMessage } from '../finding-state.ts';
import type { DocumentPointer, LargeDocuments } from './large-documents.ts';

/** What messages together may hold of an item, in bytes of JSON: DynamoDB takes 400 KB, the rest of the state included. */
const mostBytes = 150_000;

/**
 * Messages as they fit into one item, and each into a queue: where they are too large together, the document that they carry is kept aside, and each says
 * where (`documentAt`). The document of a finding is the same for all its messages.
 */
export async function setAside(
  messages: readonly QueuedMessage[],
  documents: Pick<LargeDocuments, 'put'>,
): Promise<readonly QueuedMessage[]> {
  if (!messages.some(({ body }) => isObject(body.document))) return messages;
  if (Buffer.byteLength(JSON.stringify(messages)) <= mostBytes) return messages;
  const kept = new Map<object, Promise<DocumentPointer>>();
  return Promise.all(
    messages.map(async (message) => {
      const { document, ...body } = message.body;
      if (!isObject(document)) return message;
      const pointer = kept.get(document) ?? documents.put(document);
      kept.set(document, pointer);
      return { ...message, body: { ...body, documentAt: await pointer } };
    }),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
