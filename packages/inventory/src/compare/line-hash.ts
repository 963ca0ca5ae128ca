import type { Entry } from '../model/entry.ts';
import type { InventoryType } from '../model/inventory-type.ts';
import { withoutCaptureTime } from '../snapshot/capture-time.ts';
import { encodeText } from '../snapshot/decode-text.ts';
import type { LineScan } from '../snapshot/line-scan.ts';
import type { LineShape } from '../snapshot/line-shape.ts';
import { attributeOf } from '../types/identify.ts';
import { instantText } from '../types/instant-text.ts';
import { KeyedHash } from './keyed-hash.ts';
import { ValueWriter } from './value-writer.ts';

/** Bits of the upper half that are zero in hashes of identities: whoever keeps them has them for himself. */
export const freeBits = 7;

/** How a file's path is put together. */
const pathNames = ['InstalledDir', 'Name'];

/** Hashes of which thing a line speaks, and of what it says: the same for equal ones, whether or not the line was parsed. */
export class LineHash {
  readonly hash: KeyedHash;
  readonly #type: InventoryType;
  readonly #writer: ValueWriter;
  /** Of the shape met last, where the values of the identity and of the compared attributes are; -1: nowhere, they are empty. */
  #shape: LineShape | undefined;
  #naming: readonly number[] = [];
  #compared: readonly number[] = [];
  readonly #areTimes: readonly boolean[];

  constructor(type: InventoryType, hash = new KeyedHash()) {
    this.hash = hash;
    this.#type = type;
    this.#writer = new ValueWriter(hash);
    this.#areTimes = type.compare.map((name) => type.times.includes(name));
  }

  /**
   * Hashes which thing the line at hand speaks of.
   *
   * @returns false where that cannot be told.
   */
  ofIdentity(scan: LineScan): boolean {
    if (scan.shape && this.#writesIdentity(scan, scan.shape)) {
      this.#writer.finish();
      this.hash.high &= ~freeBits;
      return true;
    }
    const { entry, about } = scan.parse();
    const identity = (entry ?? about)?.identity;
    if (identity !== undefined) this.ofText(identity);
    return identity !== undefined;
  }

  /** The same for an identity that is known. */
  ofText(identity: string): void {
    this.hash.ofCopy(encodeText(identity));
    this.hash.high &= ~freeBits;
  }

  /** Hashes what the line at hand says of its thing. */
  ofContent(scan: LineScan): void {
    if (scan.shape && this.#writesContent(scan, scan.shape)) {
      this.#writer.finish();
      return;
    }
    const { entry } = scan.parse();
    this.hash.ofCopy(
      entry ? this.#contentOf(entry) : Buffer.from(`!${withoutCaptureTime(scan.line())}`),
    );
  }

  #writesIdentity({ window: { bytes } }: LineScan, shape: LineShape): boolean {
    this.#learn(shape);
    const [first = -1, second = -1] = this.#naming;
    const writer = this.#writer;
    writer.start();
    if (this.#type.name === 'AWS:File') return writer.writePath(bytes, shape, first, second);
    return this.#naming.length === 1 && first >= 0 && writer.write(bytes, shape, first);
  }

  #writesContent({ window: { bytes } }: LineScan, shape: LineShape): boolean {
    this.#learn(shape);
    const writer = this.#writer;
    writer.start();
    for (let attribute = 0; attribute < this.#compared.length; attribute++) {
      const index = this.#compared[attribute] ?? -1;
      if (index < 0 || shape.isEmpty(index)) continue;
      if (this.#areTimes[attribute] && !shape.isUtc(bytes, index)) return false;
      if (!writer.writeNumbered(bytes, shape, index, attribute)) return false;
    }
    return true;
  }

  #learn(shape: LineShape): void {
    if (this.#shape === shape) return;
    this.#shape = shape;
    const { name, identity, compare } = this.#type;
    const naming = name === 'AWS:File' ? pathNames : identity;
    this.#naming = naming.map((attribute) => shape.names.indexOf(attribute));
    this.#compared = compare.map((attribute) => shape.names.indexOf(attribute));
  }

  /** As `writeNumbered` has it: empty ones left out, each other with its number and its length. */
  #contentOf(entry: Entry): Uint8Array {
    const parts = this.#type.compare.map((name, attribute) => {
      const text = attributeOf(entry.attributes, name);
      const bytes = encodeText(this.#areTimes[attribute] ? instantText(text) : text);
      const { length } = bytes;
      if (length === 0) return bytes;
      return Buffer.concat([Buffer.of(attribute, length >> 16, length >> 8, length), bytes]);
    });
    return Buffer.concat(parts);
  }
}
