/** The text of one JSON document, and the line that it begins in. */
export interface JsonText {
  readonly text: string;
  readonly line: number;
}

const quote = 0x22;
const backslash = 0x5c;
const newline = 0x0a;

/** What a byte outside of strings means. Everything that has a meaning in JSON is ASCII, so that UTF-8 needs no decoding to be split. */
const meanings = new Uint8Array(256);
const blank = 1;
const opening = 2;
const closing = 3;
const quoting = 4;
for (const [characters, meaning] of [
  [' \t\r\n,:', blank],
  ['{[', opening],
  [']}', closing],
  ['"', quoting],
] as const)
  for (const character of characters) meanings[character.charCodeAt(0)] = meaning;

/**
 * Splits a stream of bytes into the JSON values that it holds one after the other; a list at the top is taken apart into its items.
 * Keeps only the value that is not complete yet.
 *
 * @example
 * const values = scanValues();
 * values.push(chunk); // the values that end in this chunk
 * values.end(); // what is left over, whole or not
 */
export function scanValues(): {
  push(chunk: Uint8Array): readonly JsonText[];
  end(): readonly JsonText[];
} {
  const state = new Scan();
  return { push: (chunk) => state.push(chunk), end: () => state.end() };
}

class Scan {
  private line = 1;
  private depth = 0;
  /** 1 inside a list at the top. */
  private floor = 0;
  private inString = false;
  private escaped = false;
  private inValue = false;
  private valueLine = 1;
  private pieces: Uint8Array[] = [];
  /** Where the current value begins in the current chunk. */
  private start = 0;
  private found: JsonText[] = [];

  push(chunk: Uint8Array): readonly JsonText[] {
    this.found = [];
    this.start = 0;
    for (let at = 0; at < chunk.length; at++) this.take(chunk, at);
    if (this.inValue) this.pieces.push(chunk.subarray(this.start));
    return this.found;
  }

  end(): readonly JsonText[] {
    this.found = [];
    this.start = 0;
    if (this.inValue) this.close(new Uint8Array(), 0);
    return this.found;
  }

  private take(chunk: Uint8Array, at: number): void {
    const byte = chunk[at] ?? 0;
    if (byte === newline) this.line += 1;
    if (this.inString) this.takeInString(byte);
    else this.takeOutside(chunk, at, meanings[byte] ?? 0);
  }

  private takeInString(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (byte === backslash) this.escaped = true;
    else if (byte === quote) this.inString = false;
  }

  private takeOutside(chunk: Uint8Array, at: number, meaning: number): void {
    if (meaning === opening) this.open(chunk, at);
    else if (meaning === closing) this.shut(chunk, at);
    else if (this.depth === this.floor && meaning === blank) this.close(chunk, at);
    else {
      this.begin(at);
      if (meaning === quoting) this.inString = true;
    }
  }

  private open(chunk: Uint8Array, at: number): void {
    if (this.depth === this.floor) this.close(chunk, at);
    const isListAtTop = this.depth === 0 && chunk[at] === 0x5b;
    if (isListAtTop) this.floor = 1;
    else this.begin(at);
    this.depth += 1;
  }

  private shut(chunk: Uint8Array, at: number): void {
    if (this.depth > this.floor) {
      this.depth -= 1;
      if (this.depth === this.floor) this.close(chunk, at + 1);
      return;
    }
    this.close(chunk, at);
    this.floor = 0;
    this.depth = 0;
  }

  private begin(at: number): void {
    if (this.inValue) return;
    this.inValue = true;
    this.start = at;
    this.valueLine = this.line;
  }

  private close(chunk: Uint8Array, until: number): void {
    if (!this.inValue) return;
    const bytes = Buffer.concat([...this.pieces, chunk.subarray(this.start, until)]);
    this.found.push({ text: bytes.toString('utf8'), line: this.valueLine });
    this.pieces = [];
    this.inValue = false;
  }
}
