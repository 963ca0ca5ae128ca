import type { InventoryType } from '../model/inventory-type.ts';
import { everyAttribute } from '../types/inventory-types.ts';
import { sameBytes } from './same-bytes.ts';
import { type ValueSpan, valueSpans } from './value-spans.ts';

const quote = 0x22;
const backslash = 0x5c;
const zulu = 0x5a;
/** Shortest value that is compared with the last line's. */
const worthIt = 8;
/** Of `2016-07-30T18:15:37Z`. */
const utcLength = 20;

/** 1 for bytes that stand for themselves in a text of JSON. */
const isPlain = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === quote || byte === backslash ? 0 : 1,
);

/** The same in all lines of a snapshot: a line with another one is read the long way. */
const constants = new Set(['resourceId', 'schemaVersion']);

/**
 * What the lines of a snapshot have in common: names, order, and the texts that are empty in all of them. It is learnt from one line that
 * was parsed; a line that has it need not be parsed any more to be known as valid, and its values are where the shape says.
 */
export class LineShape {
  /** Attributes whose values vary. */
  readonly names: readonly string[];
  /** Where their values are in the line that matched last. Between them and the values stand `\\` and `\"` as they are written. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Which of the values is the capture time; -1: there is none. */
  readonly captureTime: number;
  /** Those of the values that tell which thing it is: one of them has to be there. */
  readonly #naming: readonly number[];
  readonly #literals: DataView;
  readonly #lengths: readonly number[];
  /** Where the line that matched last ends; -1: the values are none of a line. */
  #next = -1;

  private constructor(bytes: Buffer, type: InventoryType, varying: readonly ValueSpan[]) {
    const pieces: Buffer[] = [];
    let from = 0;
    for (const { start, end } of varying) {
      pieces.push(bytes.subarray(from, start));
      from = end;
    }
    pieces.push(bytes.subarray(from));
    const literals = Uint8Array.from(Buffer.concat(pieces));
    this.#literals = new DataView(literals.buffer);
    this.#lengths = pieces.map(({ length }) => length);
    this.names = varying.map(({ name }) => name);
    this.#naming = type.identity.map((name) => this.names.indexOf(name)).filter((at) => at >= 0);
    this.captureTime = this.names.indexOf('captureTime');
    this.starts = new Int32Array(varying.length);
    this.ends = new Int32Array(varying.length);
  }

  /**
   * The shape of a line that was parsed and found to be an entry.
   *
   * @param line with its line break.
   * @param earlier the shape that it should have had: what varied, varies.
   * @returns undefined where it is more than a list of names and texts.
   */
  static of(line: Buffer, type: InventoryType, earlier?: LineShape): LineShape | undefined {
    if (type.identity.includes(everyAttribute)) return undefined;
    const spans = valueSpans(line);
    const varying = spans?.filter(({ name, start, end }) => {
      const isFull = end > start && !constants.has(name);
      return isFull || earlier?.names.includes(name) === true;
    });
    return varying && new LineShape(line, type, varying);
  }

  /**
   * Holds a line against the shape.
   *
   * @param bytes in which a line break stands somewhere behind `at`.
   * @returns where the next line begins; -1: it has another shape, or is not whole before `to`.
   */
  match(bytes: Buffer, view: DataView, at: number, to: number): number {
    // The last line still stands before this one: most values are the same there.
    const isNeighbour = this.#next === at;
    let next = at;
    let literal = 0;
    this.#next = -1;
    for (let index = 0; index < this.#lengths.length; index++) {
      const length = this.#lengths[index] ?? 0;
      if (next + length > to || !sameBytes(view, next, this.#literals, literal, length)) return -1;
      literal += length;
      next += length;
      if (index === this.starts.length) break;
      const end = (isNeighbour && this.#repeats(view, next, index)) || endOfText(bytes, next);
      if (end < 0) return -1;
      this.starts[index] = next;
      this.ends[index] = end;
      next = end;
    }
    if (!this.#isNamed()) return -1;
    this.#next = next;
    return next;
  }

  /** Where a value ends that is the same as in the last line; 0: it is another one, or too short to be worth it. */
  #repeats(view: DataView, at: number, index: number): number {
    const start = this.starts[index] ?? 0;
    const length = (this.ends[index] ?? 0) - start;
    if (length < worthIt || at + length >= view.byteLength) return 0;
    return sameBytes(view, at, view, start, length + 1) ? at + length : 0;
  }

  /** Whether a value is empty in the line that matched last. */
  isEmpty(index: number): boolean {
    return this.starts[index] === this.ends[index];
  }

  /** Whether it has the form of a time that has only one way to be written. */
  isUtc(bytes: Buffer, index: number): boolean {
    const end = this.ends[index] ?? 0;
    return end - (this.starts[index] ?? 0) === utcLength && bytes[end - 1] === zulu;
  }

  #isNamed(): boolean {
    if (this.#naming.length === 0) return true;
    for (const index of this.#naming) if (!this.isEmpty(index)) return true;
    return false;
  }
}

/** Whether bytes all stand for themselves in a text of JSON. */
export function isPlainText(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isPlain[bytes[at] ?? 0] !== 1) return false;
  return true;
}

/** Where the quotation mark stands that ends a text; -1 where it has escapes for which there is another way to write the same. */
function endOfText(bytes: Buffer, from: number): number {
  let at = from;
  for (;;) {
    while (isPlain[bytes[at] ?? 0] === 1) at++;
    const byte = bytes[at];
    if (byte === quote) return at;
    if (byte !== backslash || !isOnlyWay(bytes[at + 1])) return -1;
    at += 2;
  }
}

function isOnlyWay(escaped: number | undefined): boolean {
  return escaped === backslash || escaped === quote;
}
