import * as z from 'zod';
import { UnreadableMessageError } from '../errors.ts';
import { ownObject } from '../read-message.ts';
import type { DocumentPointer, LargeDocuments } from './large-documents.ts';

type Document = Readonly<Record<string, unknown>>;

/** A finding's document in a message: itself, or where it lies. */
export interface CarriedDocument {
  readonly document?: Document;
  readonly documentAt?: DocumentPointer;
}

/** Members of a message's schema that carry a document. */
export const carriedDocument = {
  document: ownObject<Document>().exactOptional(),
  documentAt: z
    .object({ sha256: z.string(), bytes: z.number(), parts: z.number() })
    .exactOptional(),
};

/**
 * The document that a message carries, wherever it lies.
 *
 * @throws UnreadableMessageError where there is none.
 */
export async function documentOf(
  { document, documentAt }: CarriedDocument,
  documents: Pick<LargeDocuments, 'get'>,
): Promise<Document> {
  if (document) return document;
  if (documentAt) return documents.get(documentAt);
  throw new UnreadableMessageError('document');
}
