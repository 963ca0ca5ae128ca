import type { Change } from '../model/change.ts';
import type { Entry } from '../model/entry.ts';
import type { InventoryType } from '../model/inventory-type.ts';
import type { ByteSource, SnapshotFacts } from '../model/snapshot.ts';
import { captureTimeAt, captureTimeLength } from '../snapshot/capture-time.ts';
import { FactsTally } from '../snapshot/facts-tally.ts';
import { forEachLine } from '../snapshot/for-each-line.ts';
import { parseLine } from '../snapshot/parse-line.ts';
import { sameEntries } from './content.ts';

/** Two inventories of a node, and what takes their differences. */
export interface Comparison {
  readonly before: ByteSource;
  readonly after: ByteSource;
  readonly type: InventoryType;
  /** Called once for each thing that differs, in any order. */
  readonly onChange: (change: Change) => void;
}

/** What was compared, and how many things differ. */
export interface Compared {
  readonly before: SnapshotFacts;
  readonly after: SnapshotFacts;
  readonly changes: number;
}

/** What the lines of one thing say in one inventory. */
interface Side {
  readonly entries: Entry[];
  /** Lines that name the thing and cannot be read, as they are but for their capture times. */
  readonly unreadable: string[];
}

interface Thing {
  readonly name: string;
  readonly before: Side;
  readonly after: Side;
}

/**
 * Finds the things in which two inventories differ, whatever the order of their lines. A thing whose line cannot be read on a side, and
 * which that line names, is not taken for gone: its change says so (`unreadable`).
 *
 * @throws What the sources do.
 */
export async function compareSnapshots({
  before,
  after,
  type,
  onChange,
}: Comparison): Promise<Compared> {
  const things = new Map<string, Thing>();
  const facts = {
    before: await collect(before, type, things, 'before'),
    after: await collect(after, type, things, 'after'),
  };
  let changes = 0;
  for (const [identity, thing] of things) {
    const change = changeOf(type, identity, thing);
    if (!change) continue;
    changes++;
    onChange(change);
  }
  return { ...facts, changes };
}

async function collect(
  source: ByteSource,
  type: InventoryType,
  things: Map<string, Thing>,
  side: 'before' | 'after',
): Promise<SnapshotFacts> {
  const tally = new FactsTally();
  let repeated = 0;
  const end = await forEachLine(source, (bytes, number) => {
    const line = parseLine(type, bytes);
    tally.add(line, number);
    const about = line.entry ?? line.about;
    if (!about) return;
    const thing = things.get(about.identity) ?? newThing(about.name);
    things.set(about.identity, thing);
    if (line.entry && thing[side].entries.push(line.entry) > 1) repeated++;
    if (!line.entry) thing[side].unreadable.push(maskedText(bytes));
  });
  return tally.facts(end, repeated);
}

function newThing(name: string): Thing {
  const side = (): Side => ({ entries: [], unreadable: [] });
  return { name, before: side(), after: side() };
}

function maskedText(line: Buffer): string {
  const at = captureTimeAt(line);
  const text = line.toString('latin1');
  return at < 0 ? text : text.slice(0, at) + text.slice(at + captureTimeLength);
}

function changeOf(type: InventoryType, identity: string, thing: Thing): Change | undefined {
  const before = thing.before.entries;
  const after = thing.after.entries;
  const unreadable = unreadableSide(thing);
  if (!unreadable && sameEntries(type, before, after)) return undefined;
  const name = after[0]?.name ?? before[0]?.name ?? thing.name;
  return { identity, name, before, after, ...(unreadable && { unreadable }) };
}

/** A line that is as unreadable on both sides is no difference. */
function unreadableSide({ before, after }: Thing): Change['unreadable'] {
  const ofBefore = before.unreadable.toSorted();
  const ofAfter = after.unreadable.toSorted();
  if (JSON.stringify(ofBefore) === JSON.stringify(ofAfter)) return undefined;
  if (ofBefore.length === 0) return 'after';
  return ofAfter.length === 0 ? 'before' : 'both';
}
