import type { Entry } from '../model/entry.ts';
import type { InventoryType } from '../model/inventory-type.ts';
import type { ByteSource, SnapshotFacts } from '../model/snapshot.ts';
import { FactsTally } from './facts-tally.ts';
import { forEachLine } from './for-each-line.ts';
import { parseLine } from './parse-line.ts';

/**
 * Reads an inventory line by line. Lines that cannot be read are told, with their numbers, and all others are given.
 *
 * @param onEntry is given the entries, in their order, with the numbers of their lines.
 * @throws What the source does.
 * @example
 * const { lines, problems } = await readSnapshot(source, inventoryType('AWS:File'), (entry) => names.push(entry.name));
 */
export async function readSnapshot(
  source: ByteSource,
  type: InventoryType,
  onEntry?: (entry: Entry, line: number) => void,
): Promise<SnapshotFacts> {
  const tally = new FactsTally();
  const identities = new Set<string>();
  let entries = 0;
  const end = await forEachLine(source, (bytes, number) => {
    const line = parseLine(type, bytes);
    tally.add(line, number);
    if (!line.entry) return;
    entries++;
    identities.add(line.entry.identity);
    onEntry?.(line.entry, number);
  });
  return tally.facts(end, entries - identities.size);
}
