import { type JsonText, scanValues } from './scan-values.ts';

const newline = 0x0a;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

interface Splitter {
  push(chunk: Uint8Array): readonly JsonText[];
  end(): readonly JsonText[];
}

/**
 * Splits a stream into JSON documents, a batch for every chunk: a document a line where the first lines are documents, so that a broken
 * line spoils no other; else values one after the other, over any number of lines, and the items of a list.
 */
export async function* splitDocuments(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly JsonText[]> {
  const head: Uint8Array[] = [];
  let splitter: Splitter | undefined;
  for await (const chunk of chunks) {
    if (splitter) {
      yield splitter.push(chunk);
      continue;
    }
    head.push(chunk);
    const start = withoutMark(Buffer.concat(head));
    splitter = splitterFor(start, false);
    if (splitter) yield splitter.push(start);
  }
  if (splitter) {
    yield splitter.end();
    return;
  }
  const whole = withoutMark(Buffer.concat(head));
  const last = splitterFor(whole, true) ?? scanLines();
  yield last.push(whole);
  yield last.end();
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes.subarray(0, 3).equals(byteOrderMark) ? bytes.subarray(3) : bytes;
}

/** What suits the beginning of a stream; undefined where more of it has to be seen. */
function splitterFor(start: Buffer, isWhole: boolean): Splitter | undefined {
  const first = start.findIndex((byte) => byte > 0x20);
  if (first === -1) return undefined;
  if (start[first] !== 0x7b) return start[first] === 0x5b ? scanValues() : scanLines();
  const firstEnd = start.indexOf(newline, first);
  // A line that long is a document of its own.
  if (firstEnd === -1) return isWhole || start.length > longLine ? scanValues() : undefined;
  if (isJson(start.toString('utf8', first, firstEnd))) return scanLines();
  const secondEnd = start.indexOf(newline, firstEnd + 1);
  if (secondEnd === -1 && !isWhole) return undefined;
  const second = start.toString('utf8', firstEnd + 1, secondEnd === -1 ? undefined : secondEnd);
  return second.trim().startsWith('{') && isJson(second) ? scanLines() : scanValues();
}

const longLine = 4 * 1024 * 1024;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A document a line; keeps only the line that is not complete yet. */
function scanLines(): Splitter {
  let line = 0;
  let pieces: Uint8Array[] = [];
  const take = (bytes: Buffer): readonly JsonText[] => {
    line += 1;
    const text = bytes.toString('utf8').trim();
    return text === '' ? [] : [{ text, line }];
  };
  return {
    push(chunk) {
      const found: JsonText[] = [];
      let from = 0;
      for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
        found.push(...take(Buffer.concat([...pieces, chunk.subarray(from, end)])));
        pieces = [];
        from = end + 1;
      }
      if (from < chunk.length) pieces.push(chunk.subarray(from));
      return found;
    },
    end: () => take(Buffer.concat(pieces)),
  };
}
