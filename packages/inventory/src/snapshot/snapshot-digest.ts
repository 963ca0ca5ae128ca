import { createHash } from 'node:crypto';
import type { ByteSource } from '../model/snapshot.ts';
import { captureTimeAt, captureTimeLength } from './capture-time.ts';
import { LineWindow } from './line-window.ts';

const lineBreak = 10;
const zero = 0x30;

/**
 * Digest of an inventory's lines, in their order, without their capture times: two inventories of a node in which nothing changed have the
 * same.
 *
 * @returns sha256, in hexadecimal digits.
 */
export async function snapshotDigest(source: ByteSource): Promise<string> {
  const window = new LineWindow(source);
  const hash = createHash('sha256');
  while (await window.more()) {
    maskTimes(window);
    hash.update(window.bytes.subarray(window.from, window.to));
    window.from = window.to;
  }
  return hash.digest('hex');
}

function maskTimes({ bytes, from, to }: LineWindow): void {
  for (let start = from; start < to; ) {
    const found = bytes.indexOf(lineBreak, start);
    const end = found < 0 || found >= to ? to : found;
    const at = captureTimeAt(bytes.subarray(start, end));
    if (at >= 0) bytes.fill(zero, start + at, start + at + captureTimeLength);
    start = end + 1;
  }
}
