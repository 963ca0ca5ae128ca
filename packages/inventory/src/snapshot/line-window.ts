import type { ByteSource } from '../model/snapshot.ts';
import { longestLine } from './parse-line.ts';

/** Bytes that are held of a source at once, unless a line is longer. */
const usualSize = 262_144;
const lineBreak = 10;

/**
 * Whole lines of a source, as many as fit: `bytes` from `from` to before `to`. Who has used some moves `from` and asks for more. Lines end
 * with the byte 0x0A and nothing else; the last may have none. Of a line that is too long to be read only the beginning is kept. A line
 * break stands behind all that is held, so that who seeks one stops there.
 */
export class LineWindow {
  bytes = Buffer.allocUnsafe(usualSize);
  view = viewOf(this.bytes);
  from = 0;
  to = 0;
  /** Bytes that the source has had until now. */
  read = 0;
  /** Nothing comes any more: what is held is the rest. */
  isLast = false;
  readonly #source: AsyncIterator<Uint8Array>;
  #filled = 0;
  #pending: Uint8Array = new Uint8Array();
  #isSkipping = false;
  #coming: Promise<IteratorResult<Uint8Array, unknown>> | undefined;

  constructor(source: ByteSource) {
    this.#source = source.open()[Symbol.asyncIterator]();
  }

  /**
   * Brings at least one more line, and as many as fit, unless the source has ended.
   *
   * @returns false where nothing more has come.
   */
  async more(): Promise<boolean> {
    if (this.isLast) return false;
    this.bytes.copyWithin(0, this.from, this.#filled);
    this.#filled -= this.from;
    this.to -= this.from;
    this.from = 0;
    const held = this.to;
    while (this.to === held || this.#filled < usualSize / 2) {
      if (this.#pending.length === 0 && !(await this.#next())) break;
      this.#append();
    }
    this.bytes[this.#filled] = lineBreak;
    return this.to > held;
  }

  /** Lets go of the source before its end. */
  async close(): Promise<void> {
    this.isLast = true;
    await this.#source.return?.();
  }

  /** Takes what has come; only when all of it is held the source may use its memory again, for what comes next. */
  async #next(): Promise<boolean> {
    const { value, done } = await (this.#coming ?? this.#source.next());
    this.#coming = undefined;
    if (done) {
      this.isLast = true;
      this.to = this.#filled;
      return false;
    }
    this.#pending = value;
    this.read += this.#pending.length;
    return true;
  }

  /** Takes as much of what has come as there is room for. */
  #append(): void {
    if (this.#isSkipping) this.#skip();
    this.#makeRoom();
    const part = this.#pending.subarray(0, this.bytes.length - 1 - this.#filled);
    this.bytes.set(part, this.#filled);
    const found = part.lastIndexOf(lineBreak);
    if (found >= 0) this.to = this.#filled + found + 1;
    this.#filled += part.length;
    this.#pending = this.#pending.subarray(part.length);
    if (this.#pending.length === 0) this.#ask();
  }

  /** The source fetches while the lines are looked at. Its failure is met when they are needed. */
  #ask(): void {
    this.#coming = this.#source.next();
    this.#coming.catch(() => undefined);
  }

  #makeRoom(): void {
    const isFull = this.#filled >= this.bytes.length - 1;
    if (this.#filled - this.to > longestLine) {
      this.#filled = this.to + longestLine + 1;
      this.#isSkipping = true;
      this.#skip();
    } else if (isFull) {
      const larger = Buffer.allocUnsafe(this.bytes.length * 2);
      larger.set(this.bytes);
      this.bytes = larger;
      this.view = viewOf(larger);
    }
  }

  #skip(): void {
    const found = this.#pending.indexOf(lineBreak);
    this.#isSkipping = found < 0;
    this.#pending = this.#pending.subarray(found < 0 ? this.#pending.length : found);
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
