import type { LineShape } from '../snapshot/line-shape.ts';
import type { KeyedHash } from './keyed-hash.ts';

const backslash = 0x5c;
const slash = 0x2f;
const colon = 0x3a;

/** Longest value that is written here; what is longer is parsed. */
const longest = 8_192;

/** Writes values of a line to where they are hashed, as `encodeText` would write them after parsing. */
export class ValueWriter {
  readonly #hash: KeyedHash;
  #length = 0;

  constructor(hash: KeyedHash) {
    this.#hash = hash;
  }

  start(): void {
    this.#length = 0;
  }

  finish(): void {
    this.#hash.of(this.#length);
  }

  /** @returns false where the value has to be parsed; what was written is of no use then. */
  write(bytes: Buffer, shape: LineShape, index: number): boolean {
    const from = shape.starts[index] ?? 0;
    const to = shape.ends[index] ?? 0;
    const into = this.#hash.bytes;
    if (to - from > longest || this.#length > longest * 6) return false;
    let length = this.#length;
    for (let at = from; at < to; at++) {
      let byte = bytes[at] ?? 0;
      if (byte === backslash) byte = bytes[++at] ?? 0;
      into[length++] = byte;
    }
    this.#length = length;
    return true;
  }

  /** Writes a value so that no two lists of them are written alike. */
  writeNumbered(bytes: Buffer, shape: LineShape, index: number, number: number): boolean {
    const start = this.#length;
    this.#length += 4;
    if (!this.write(bytes, shape, index)) return false;
    const length = this.#length - start - 4;
    const into = this.#hash.bytes;
    into[start] = number;
    into[start + 1] = length >> 16;
    into[start + 2] = length >> 8;
    into[start + 3] = length;
    return true;
  }

  /** Writes the identity of a file, as `filePath` has it. */
  writePath(bytes: Buffer, shape: LineShape, folder: number, file: number): boolean {
    if (folder < 0 || file < 0 || !this.write(bytes, shape, folder) || this.#length === 0) {
      return false;
    }
    const into = this.#hash.bytes;
    const isWindows = (into[1] === colon && isLetter(into[0])) || startsTwice(into, this.#length);
    const separator = isWindows ? backslash : slash;
    if (into[this.#length - 1] !== separator) into[this.#length++] = separator;
    if (!this.write(bytes, shape, file)) return false;
    return !isWindows || this.#fold();
  }

  /** Case of ASCII letters; of others it is left to who knows them. */
  #fold(): boolean {
    const into = this.#hash.bytes;
    for (let at = 0; at < this.#length; at++) {
      const byte = into[at] ?? 0;
      if (byte >= 0x80) return false;
      if (byte >= 0x41 && byte <= 0x5a) into[at] = byte + 0x20;
    }
    return true;
  }
}

function isLetter(byte = 0): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function startsTwice(bytes: Uint8Array, length: number): boolean {
  return length > 1 && bytes[0] === backslash && bytes[1] === backslash;
}
