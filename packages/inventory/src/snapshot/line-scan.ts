import type { InventoryType } from '../model/inventory-type.ts';
import type { ByteSource, SnapshotFacts } from '../model/snapshot.ts';
import { FactsTally } from './facts-tally.ts';
import { LineShape } from './line-shape.ts';
import { LineWindow } from './line-window.ts';
import { longestLine, type ParsedLine, parseLine } from './parse-line.ts';

const lineBreak = 10;
const carriageReturn = 13;

/** So many lines of other shapes are learnt from. Who mixes them without end has his lines parsed one by one. */
const mostShapes = 200;

/**
 * Goes through a snapshot line by line. Lines of a shape that is known are not parsed: that they are valid, and where their values are, is
 * known without.
 */
export class LineScan {
  readonly window: LineWindow;
  readonly tally = new FactsTally();
  /** Of the line at hand; undefined: it has none that is known, and is `parsed`. */
  shape: LineShape | undefined;
  parsed: ParsedLine | undefined;
  /** Where the line begins, and where the next one does, in the window. */
  at = 0;
  next = 0;
  /** Of the line at hand, from 1. */
  number = 0;
  readonly #type: InventoryType;
  #known: LineShape | undefined;
  /** The shape of lines of another snapshot, of which is told what they say. */
  #told: LineShape | undefined;
  #shapes = 0;
  #isWhole = true;

  constructor(source: ByteSource, type: InventoryType) {
    this.window = new LineWindow(source);
    this.#type = type;
  }

  /**
   * Takes the next line that holds something.
   *
   * @returns false where the window holds no more.
   */
  take(): boolean {
    const { window } = this;
    if (window.from >= window.to) return false;
    this.at = window.from;
    const next = this.#known?.match(window.bytes, window.view, this.at, window.to) ?? -1;
    if (next < 0 || next - this.at > longestLine) return this.#takeOther();
    this.shape = this.#known;
    this.parsed = undefined;
    this.next = next;
    this.number++;
    window.from = next;
    return true;
  }

  /** Counts the line at hand. */
  count(): void {
    if (this.parsed) {
      this.tally.add(this.parsed, this.number);
      return;
    }
    this.tally.addShaped(this.number);
    if (this.#isTimeNew(this.shape)) this.tally.say(this.parse());
  }

  /** Counts the next line, which is the same as the one of a known shape at hand in another snapshot, and passes it. */
  countSame(other: LineScan): void {
    this.number++;
    this.tally.addShaped(this.number);
    if (this.#told !== other.shape || this.#isTimeNew(other.shape)) {
      this.#told = other.shape;
      this.tally.say(parseLine(this.#type, this.lineAt(this.window.from)));
    }
    this.window.from += other.next - other.at;
  }

  /** The line at hand is the next one again. */
  back(): void {
    this.window.from = this.at;
    this.number--;
  }

  /** Passes lines that hold nothing. */
  passBlank(): void {
    const { window } = this;
    while (window.from < window.to) {
      const end = window.bytes[window.from] === carriageReturn ? window.from + 1 : window.from;
      if (end < window.to && window.bytes[end] !== lineBreak) return;
      window.from = Math.min(end + 1, window.to);
      this.number++;
    }
  }

  /** The next lines that hold something, as far as the window has them. */
  linesAhead(most: number): readonly Buffer[] {
    const lines: Buffer[] = [];
    const { bytes, from, to } = this.window;
    for (let at = from; at < to && lines.length < most; at = bytes.indexOf(lineBreak, at) + 1) {
      const line = this.lineAt(at);
      if (line.length > 0) lines.push(line);
    }
    return lines;
  }

  /** The line at hand, parsed. */
  parse(): ParsedLine {
    this.parsed ??= parseLine(this.#type, this.line());
    return this.parsed;
  }

  /** The line at hand, without its line break. */
  line(): Buffer {
    return this.lineAt(this.at);
  }

  /** The line that begins there, without its line break. */
  lineAt(at: number): Buffer {
    const { bytes, to } = this.window;
    const end = Math.min(bytes.indexOf(lineBreak, at), to);
    return bytes.subarray(at, end > at && bytes[end - 1] === carriageReturn ? end - 1 : end);
  }

  facts(repeated: number): SnapshotFacts {
    return this.tally.facts({ bytes: this.window.read, isWhole: this.#isWhole }, repeated);
  }

  #isTimeNew(shape: LineShape | undefined): boolean {
    return this.tally.captureTime === undefined && shape !== undefined && shape.captureTime >= 0;
  }

  #takeOther(): boolean {
    const { window } = this;
    this.passBlank();
    if (window.from >= window.to) return false;
    this.number++;
    this.at = window.from;
    const found = window.bytes.indexOf(lineBreak, this.at);
    this.#isWhole = found < window.to;
    this.next = this.#isWhole ? found + 1 : window.to;
    window.from = this.next;
    this.shape = undefined;
    this.parsed = parseLine(this.#type, this.line());
    if (this.parsed.entry && this.#isWhole) this.#learn();
    return true;
  }

  #learn(): void {
    if (this.#shapes >= mostShapes) return;
    this.#shapes++;
    const { bytes } = this.window;
    const line = bytes.subarray(this.at, this.next);
    this.#known = LineShape.of(line, this.#type, this.#known) ?? this.#known;
  }
}
