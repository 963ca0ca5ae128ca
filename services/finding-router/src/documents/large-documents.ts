/** Where a document lies that is too large to go along with what is said of it. */
export interface DocumentPointer {
  /** Of its JSON text, in hexadecimal digits. */
  readonly sha256: string;
  /** Of its JSON text. */
  readonly bytes: number;
  /** How many items of the router's table hold it. */
  readonly parts: number;
}

/** Documents of findings, by what they hold. */
export interface LargeDocuments {
  /** Keeps a document; keeping it again changes nothing. */
  put(document: object): Promise<DocumentPointer>;
  /** @throws UnreadableMessageError where it is not there, or is not what the pointer says. */
  get(pointer: DocumentPointer): Promise<Readonly<Record<string, unknown>>>;
}
