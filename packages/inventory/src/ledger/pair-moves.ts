import { kindOf } from '../model/change.ts';
import type { Entry } from '../model/entry.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';

/**
 * Remarks what one step may only have renamed: where exactly one thing went and exactly one came with the same size and modification time,
 * each is told the other's name. A remark, no more: sizes and times are easily made equal.
 */
export function withMoves(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  const gone = byContent(entries, 'deleted');
  const come = byContent(entries, 'created');
  const other = new Map<LedgerEntry, string>();
  for (const [content, [one, ...more]] of gone) {
    const [counterpart, ...others] = come.get(content) ?? [];
    if (!one || !counterpart || more.length > 0 || others.length > 0) continue;
    other.set(one, counterpart.name);
    other.set(counterpart, one.name);
  }
  return entries.map((entry) => {
    const moved = other.get(entry);
    return moved === undefined ? entry : { ...entry, moved };
  });
}

function byContent(entries: readonly LedgerEntry[], kind: 'created' | 'deleted') {
  const found = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const content =
      kindOf(entry) === kind ? contentOf([...entry.before, ...entry.after]) : undefined;
    if (content === undefined) continue;
    const alike = found.get(content);
    if (alike) alike.push(entry);
    else found.set(content, [entry]);
  }
  return found;
}

/** Size and time of the only entry; undefined where either is not known, and for empty files, which are all alike. */
function contentOf([entry, ...more]: readonly Entry[]): string | undefined {
  const { Size = '', ModificationTime = '' } = entry?.attributes ?? {};
  if (more.length > 0 || Size === '' || Size === '0' || ModificationTime === '') return undefined;
  return `${Size} ${ModificationTime}`;
}
