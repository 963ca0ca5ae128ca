/** Where the value of an attribute stands in a line, without its quotation marks. */
export interface ValueSpan {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** A name and a text; names without escapes, so that each is written in one way. */
const pair = /[{,] ?"([^"\\]*)": ?"((?:[^"\\]|\\.)*)"/y;

/**
 * Where values stand in a line of valid JSON.
 *
 * @returns undefined where the line is more than one object of names and texts, or says a name twice.
 */
export function valueSpans(line: Buffer): readonly ValueSpan[] | undefined {
  const text = line.toString('latin1');
  const spans = new Map<string, ValueSpan>();
  pair.lastIndex = 0;
  let at = 0;
  for (let found = pair.exec(text); found; found = pair.exec(text)) {
    const [, name = '', value = ''] = found;
    const end = pair.lastIndex - 1;
    if (spans.has(name) || /[^ -~]/.test(name)) return undefined;
    spans.set(name, { name, start: end - value.length, end });
    at = pair.lastIndex;
  }
  return /^ ?\}\r?\n$/.test(text.slice(at)) ? [...spans.values()] : undefined;
}
