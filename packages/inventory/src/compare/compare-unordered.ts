import type { SnapshotFacts } from '../model/snapshot.ts';
import { LineScan } from '../snapshot/line-scan.ts';
import { collectThings, eachLine } from './collect-things.ts';
import type { Compared, Comparison } from './comparison.ts';
import { ContentSums } from './content-sums.ts';
import { LineHash } from './line-hash.ts';
import type { SideName } from './things.ts';

/** So many things that differ are held at a time; for more the sources are read again. */
const heldAtOnce = 16_384;

/**
 * Compares lines in any order: sums of hashes tell which things differ, and only their lines are parsed, when the sources are read a
 * second time. Memory grows by 16 bytes for each thing (twice that while the table grows), whatever is said of them and however many differ.
 */
export async function compareUnordered(comparison: Comparison): Promise<Compared> {
  const { type, onChange } = comparison;
  const hash = new LineHash(type);
  const sums = new ContentSums();
  const add = async (side: SideName): Promise<SnapshotFacts> => {
    const scan = new LineScan(comparison[side], type);
    await eachLine(scan, () => addLine(side, scan, { hash, sums }));
    return scan.facts(sums.repeated[side]);
  };
  const before = await add('before');
  const after = await add('after');
  let changes = 0;
  for (const set of sums.differing(heldAtOnce)) {
    changes += (await collectThings(comparison, { hash, set })).tell(type, onChange);
  }
  return { before, after, changes };
}

function addLine(
  side: SideName,
  scan: LineScan,
  { hash, sums }: { readonly hash: LineHash; readonly sums: ContentSums },
): void {
  scan.count();
  if (!hash.ofIdentity(scan)) return;
  const isReadable = !scan.parsed || scan.parsed.entry !== undefined;
  const slot = sums.slotOf(hash.hash.low, hash.hash.high, isReadable ? side : 'unreadable');
  hash.ofContent(scan);
  sums.add(side, slot, hash.hash.low, hash.hash.high);
}
