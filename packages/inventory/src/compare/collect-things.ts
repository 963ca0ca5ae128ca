import { LineScan } from '../snapshot/line-scan.ts';
import type { Comparison } from './comparison.ts';
import type { FingerprintSet } from './fingerprint-set.ts';
import type { LineHash } from './line-hash.ts';
import { Things } from './things.ts';

/** Which things are sought: those whose identities have these hashes. */
export interface Sought {
  readonly hash: LineHash;
  readonly set: FingerprintSet;
}

/** Reads both inventories again for all that they say of some things. Others may be among them: they are equal on both sides. */
export async function collectThings(
  { before, after, type }: Comparison,
  { hash, set }: Sought,
): Promise<Things> {
  const things = new Things();
  for (const [side, source] of [['before', before] as const, ['after', after] as const]) {
    await eachLine(new LineScan(source, type), (scan) => {
      if (!hash.ofIdentity(scan) || !set.has(hash.hash.low, hash.hash.high)) return;
      things.add(side, scan.parse(), scan.line());
    });
  }
  return things;
}

/** Takes all lines of a snapshot, one after the other. */
export async function eachLine(scan: LineScan, onLine: (scan: LineScan) => void): Promise<void> {
  try {
    while (await scan.window.more()) {
      while (scan.take()) onLine(scan);
    }
  } finally {
    await scan.window.close();
  }
}
