import type { ByteSource } from '../model/snapshot.ts';
import { LineWindow } from './line-window.ts';

const lineBreak = 10;
const carriageReturn = 13;

/** What a source was, besides its lines. */
export interface SourceEnd {
  readonly bytes: number;
  /** Whether its last line has a line break. */
  readonly isWhole: boolean;
}

/**
 * Gives each line of a source that holds something, without its line break and without one carriage return before it. The bytes are good
 * until the next line.
 */
export async function forEachLine(
  source: ByteSource,
  onLine: (line: Buffer, number: number) => void,
): Promise<SourceEnd> {
  const window = new LineWindow(source);
  let number = 0;
  let isWhole = true;
  while (await window.more()) {
    while (window.from < window.to) {
      number++;
      const found = window.bytes.indexOf(lineBreak, window.from);
      isWhole = found >= 0 && found < window.to;
      const end = isWhole ? found : window.to;
      const line = lineOf(window.bytes, window.from, end);
      if (line.length > 0) onLine(line, number);
      window.from = isWhole ? end + 1 : end;
    }
  }
  return { bytes: window.read, isWhole };
}

/** A line without the carriage return that it may end with. */
function lineOf(bytes: Buffer, from: number, to: number): Buffer {
  return bytes.subarray(from, to > from && bytes[to - 1] === carriageReturn ? to - 1 : to);
}
