import { longestLine } from './parse-line.ts';

const key = new TextEncoder().encode('"captureTime":');
const quote = 0x22;
const space = 0x20;
const comma = 0x2c;
const openingBrace = 0x7b;
const closingBrace = 0x7d;
const backslash = 0x5c;

/** Of `2016-07-30T18:15:37Z`, as the service's API asks for it. */
export const captureTimeLength = 20;
const timeForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/**
 * Where in a line its capture time begins; two lines that are equal but for it say the same. It is sought from the end, and found only
 * where it has the form that the service gives it and is an attribute of the line itself.
 *
 * @param line without its line break.
 * @returns -1 where there is none that could be left out safely.
 */
export function captureTimeAt(line: Buffer): number {
  for (let at = line.length; at > 0; ) {
    at = line.lastIndexOf(key, at - 1);
    if (at < 0) return -1;
    const begins = startOfTime(line, at);
    const ends = begins + captureTimeLength;
    if (!isKey(line, at) || line[begins - 1] !== quote || line[ends] !== quote) continue;
    if (!timeForm.test(line.toString('latin1', begins, ends))) continue;
    return endsOnTop(line, ends + 1) ? begins : -1;
  }
  return -1;
}

function startOfTime(line: Buffer, at: number): number {
  const value = at + key.length;
  return (line[value] === space ? value + 1 : value) + 1;
}

/** After these no quotation mark can close a text, and a text that ends with one can have no name follow. */
function isKey(line: Buffer, at: number): boolean {
  const before = line[at - 1];
  return before === comma || before === openingBrace || before === space;
}

/** Whether what follows closes one brace and no more: the attribute before it is not one of a document in the line. */
function endsOnTop(line: Buffer, from: number): boolean {
  let depth = 1;
  for (let at = from; at < line.length; at++) {
    const byte = line[at];
    if (byte === quote) at = closingQuote(line, at);
    else if (byte === openingBrace) depth++;
    else if (byte === closingBrace) depth--;
  }
  return depth === 0;
}

function closingQuote(line: Buffer, from: number): number {
  let at = from + 1;
  while (at < line.length && line[at] !== quote) at += line[at] === backslash ? 2 : 1;
  return at;
}

/** How much of a line is compared that is too long to be read. */
const compared = 65_536;

/** What two lines that cannot be read have in common exactly where they are the same but for their capture times. */
export function withoutCaptureTime(line: Buffer): string {
  if (line.length > longestLine) return line.toString('latin1', 0, compared);
  const at = captureTimeAt(line);
  const text = line.toString('latin1');
  return at < 0 ? text : text.slice(0, at) + text.slice(at + captureTimeLength);
}
