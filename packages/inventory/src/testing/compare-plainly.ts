import type { Change } from '../model/change.ts';
import type { Entry } from '../model/entry.ts';
import type { InventoryType } from '../model/inventory-type.ts';
import { withoutCaptureTime } from '../snapshot/capture-time.ts';
import { parseLine } from '../snapshot/parse-line.ts';

/** Lines of an inventory, without their line breaks; those that hold nothing are left out. */
export function plainLines(bytes: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(10, at);
    const end = found < 0 ? bytes.length : found;
    const line = bytes.subarray(at, end > at && bytes[end - 1] === 13 ? end - 1 : end);
    if (line.length > 0) lines.push(line);
    at = end + 1;
  }
  return lines;
}

interface Said {
  name: string;
  readonly entries: Entry[];
  readonly unreadable: string[];
}

/** The obvious way to compare two inventories: all of both in maps. */
export function comparePlainly(
  type: InventoryType,
  before: Buffer,
  after: Buffer,
): readonly Change[] {
  const old = saidIn(type, before);
  const now = saidIn(type, after);
  const nothing = { name: '', entries: [], unreadable: [] };
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((identity) => {
    const one = old.get(identity) ?? nothing;
    const other = now.get(identity) ?? nothing;
    const isReadAlike = meaning(type, one.entries) === meaning(type, other.entries);
    const isAlike = JSON.stringify(one.unreadable) === JSON.stringify(other.unreadable);
    if (isReadAlike && isAlike) return [];
    const unreadable = unreadableIn(one, other);
    const name = [...other.entries, ...one.entries][0]?.name ?? (one.name || other.name);
    return [{ identity, name, before: one.entries, after: other.entries, ...unreadable }];
  });
}

function unreadableIn(one: Said, other: Said): Pick<Change, 'unreadable'> {
  const sides = [one, other].map(({ unreadable }) => unreadable.length > 0);
  if (sides.every(Boolean)) return { unreadable: 'both' };
  return sides.some(Boolean) ? { unreadable: sides[0] ? 'before' : 'after' } : {};
}

function saidIn(type: InventoryType, bytes: Buffer): Map<string, Said> {
  const things = new Map<string, Said>();
  for (const line of plainLines(bytes)) {
    const { entry, about } = parseLine(type, line);
    const identified = entry ?? about;
    if (!identified) continue;
    const { identity, name } = identified;
    const said = things.get(identity) ?? { name, entries: [], unreadable: [] };
    things.set(identity, said);
    if (entry) said.entries.push(entry);
    else said.unreadable.push(withoutCaptureTime(line));
  }
  for (const { unreadable } of things.values()) unreadable.sort();
  return things;
}

function meaning(type: InventoryType, entries: readonly Entry[]): string {
  const texts = entries.map(({ attributes }) =>
    JSON.stringify(
      type.compare.map((name) => {
        const text = Object.hasOwn(attributes, name) ? attributes[name] : '';
        const isTime = type.times.includes(name) && /T.*(?:Z|[+-]\d\d:\d\d)$/.test(text ?? '');
        const instant = isTime ? Date.parse(text ?? '') : Number.NaN;
        return Number.isNaN(instant) ? text : instant;
      }),
    ),
  );
  return JSON.stringify(texts.sort());
}
