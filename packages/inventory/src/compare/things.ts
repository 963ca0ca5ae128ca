import type { Change } from '../model/change.ts';
import type { Entry } from '../model/entry.ts';
import type { InventoryType } from '../model/inventory-type.ts';
import { withoutCaptureTime } from '../snapshot/capture-time.ts';
import type { ParsedLine } from '../snapshot/parse-line.ts';
import { sameEntries } from './content.ts';

/** Which of two inventories. */
export type SideName = 'before' | 'after';

/** What the lines of one thing say in one inventory. */
export interface Side {
  readonly entries: Entry[];
  /** Lines that name the thing and cannot be read, as they are but for their capture times. */
  readonly unreadable: string[];
}

/** What two inventories say of one thing. */
export interface Thing {
  readonly name: string;
  readonly before: Side;
  readonly after: Side;
}

/** Lines of two inventories, by the thing that they speak of. */
export class Things {
  readonly byIdentity = new Map<string, Thing>();

  /** Adds a line; one that says nothing of anything is left out. */
  add(side: SideName, { entry, about }: ParsedLine, line: Buffer): void {
    const identified = entry ?? about;
    if (!identified) return;
    const thing = this.byIdentity.get(identified.identity) ?? newThing(identified.name);
    this.byIdentity.set(identified.identity, thing);
    if (entry) thing[side].entries.push(entry);
    else thing[side].unreadable.push(withoutCaptureTime(line));
  }

  /**
   * Gives those in which the inventories differ.
   *
   * @returns how many they are.
   */
  tell(type: InventoryType, onChange: (change: Change) => void): number {
    let changes = 0;
    for (const [identity, thing] of this.byIdentity) {
      const change = changeOf(type, identity, thing);
      if (!change) continue;
      changes++;
      onChange(change);
    }
    return changes;
  }
}

function newThing(name: string): Thing {
  const side = (): Side => ({ entries: [], unreadable: [] });
  return { name, before: side(), after: side() };
}

function changeOf(type: InventoryType, identity: string, thing: Thing): Change | undefined {
  const { before, after } = thing;
  const isSame = sameEntries(type, before.entries, after.entries) && isAsUnreadable(thing);
  if (isSame) return undefined;
  const name = after.entries[0]?.name ?? before.entries[0]?.name ?? thing.name;
  const unreadable = unreadableSide(thing);
  return {
    ...{ identity, name, before: before.entries, after: after.entries },
    ...(unreadable && { unreadable }),
  };
}

/** A line that cannot be read on both sides, and is the same, is no difference. */
function isAsUnreadable({ before, after }: Thing): boolean {
  const lines = before.unreadable.toSorted();
  const others = after.unreadable.toSorted();
  return lines.length === others.length && lines.every((line, index) => line === others[index]);
}

function unreadableSide({ before, after }: Thing): Change['unreadable'] {
  if (before.unreadable.length === 0) return after.unreadable.length === 0 ? undefined : 'after';
  return after.unreadable.length === 0 ? 'before' : 'both';
}
