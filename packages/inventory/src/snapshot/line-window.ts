import type { ByteSource } from '../model/snapshot.ts';
import { longestLine } from './parse-line.ts';

/** Bytes that are held of a source at once, unless a line is longer. */
const usualSize = 1_048_576;
const lineBreak = 10;

/**
 * Whole lines of a source, as many as fit: `bytes` from `from` to before `to`. Who has used some moves `from` and asks for more. Lines end
 * with the byte 0x0A and nothing else; the last may have none. Of a line that is too long to be read only the beginning is kept.
 */
export class LineWindow {
  bytes = Buffer.allocUnsafe(usualSize);
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

  constructor(source: ByteSource) {
    this.#source = source.open()[Symbol.asyncIterator]();
  }

  /**
   * Brings at least one more line, unless the source has ended.
   *
   * @returns false where nothing more has come.
   */
  async more(): Promise<boolean> {
    if (this.isLast) return false;
    this.bytes.copyWithin(0, this.from, this.#filled);
    this.#filled -= this.from;
    this.to -= this.from;
    this.from = 0;
    for (;;) {
      if (this.#pending.length === 0 && !(await this.#next())) return this.#end();
      if (this.#append()) return true;
    }
  }

  /** Lets go of the source before its end. */
  async close(): Promise<void> {
    this.isLast = true;
    await this.#source.return?.();
  }

  async #next(): Promise<boolean> {
    const { value, done } = await this.#source.next();
    if (done) return false;
    this.#pending = value;
    this.read += this.#pending.length;
    return true;
  }

  #end(): boolean {
    this.isLast = true;
    const held = this.to;
    this.to = this.#filled;
    return this.to > held;
  }

  /** Takes as much of what has come as there is room for; true where a line is whole with it. */
  #append(): boolean {
    if (this.#isSkipping) this.#skip();
    this.#makeRoom();
    const part = this.#pending.subarray(0, this.bytes.length - this.#filled);
    this.bytes.set(part, this.#filled);
    this.#pending = this.#pending.subarray(part.length);
    const last = this.bytes.subarray(this.#filled, this.#filled + part.length);
    const found = last.lastIndexOf(lineBreak);
    const at = this.#filled;
    this.#filled += part.length;
    if (found < 0) return false;
    this.to = at + found + 1;
    return true;
  }

  #makeRoom(): void {
    const isFull = this.#filled === this.bytes.length;
    if (this.#filled - this.to > longestLine) {
      this.#filled = this.to + longestLine + 1;
      this.#isSkipping = true;
      this.#skip();
    } else if (isFull) {
      const larger = Buffer.allocUnsafe(this.bytes.length * 2);
      larger.set(this.bytes);
      this.bytes = larger;
    }
  }

  #skip(): void {
    const found = this.#pending.indexOf(lineBreak);
    this.#isSkipping = found < 0;
    this.#pending = this.#pending.subarray(found < 0 ? this.#pending.length : found);
  }
}
