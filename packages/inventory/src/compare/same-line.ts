import { captureTimeAt, captureTimeLength } from '../snapshot/capture-time.ts';
import type { LineScan } from '../snapshot/line-scan.ts';
import { isPlainText } from '../snapshot/line-shape.ts';
import { sameBytes } from '../snapshot/same-bytes.ts';

/** Whether the line at hand, of a known shape, is the same as the next one of another snapshot, but for its capture time. */
export function isSameAsNext({ window, shape, at, next }: LineScan, other: LineScan): boolean {
  const { from, to, bytes, view } = other.window;
  const length = next - at;
  if (from + length > to || !shape) return false;
  if (shape.captureTime < 0) return sameBytes(window.view, at, view, from, length);
  const start = (shape.starts[shape.captureTime] ?? at) - at;
  const end = (shape.ends[shape.captureTime] ?? at) - at;
  return (
    sameBytes(window.view, at, view, from, start) &&
    isPlainText(bytes, from + start, from + end) &&
    sameBytes(window.view, at + end, view, from + end, length - end)
  );
}

/** Whether two lines, of any kind, are the same but for their capture times. */
export function sayTheSame(one: Buffer, other: Buffer): boolean {
  if (one.length !== other.length) return false;
  if (one.equals(other)) return true;
  const at = captureTimeAt(one);
  if (at < 0 || at !== captureTimeAt(other)) return false;
  const rest = at + captureTimeLength;
  return (
    one.compare(other, 0, at, 0, at) === 0 &&
    one.compare(other, rest, other.length, rest, one.length) === 0
  );
}
