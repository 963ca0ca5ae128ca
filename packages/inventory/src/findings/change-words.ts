import { escapeText } from '@riposte/findings';
import { differingAttributes } from '../compare/content.ts';
import { kindOf } from '../model/change.ts';
import type { Entry } from '../model/entry.ts';
import type { InventoryType } from '../model/inventory-type.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import { attributeOf } from '../types/identify.ts';

/** A name as texts show it. */
export function shownName(name: string, most = 300): string {
  return name === '' ? '(no name)' : escapeText(name, most);
}

function shownValue(value: string): string {
  return value === '' ? '(empty)' : escapeText(value, 120);
}

/** What of a thing is another than approved, old and new: `Size 23 -> 9912`. */
export function attributeWords(
  type: InventoryType,
  { before, after }: Pick<LedgerEntry, 'before' | 'after'>,
): readonly string[] {
  const [was] = before;
  const [is] = after;
  if (before.length > 1 || after.length > 1) {
    return [`${before.length} entries -> ${after.length} entries`];
  }
  if (was && is) {
    return differingAttributes(type, before, after).map((name) => {
      const [old, now] = [was, is].map(({ attributes }) =>
        shownValue(attributeOf(attributes, name)),
      );
      return `${name} ${old} -> ${now}`;
    });
  }
  const only = was ?? is;
  return only ? known(type, only).map(([name, value]) => `${name} ${shownValue(value)}`) : [];
}

function known(type: InventoryType, { attributes }: Entry): readonly (readonly [string, string])[] {
  return type.compare
    .map((name) => [name, attributeOf(attributes, name)] as const)
    .filter(([, value]) => value !== '');
}

/** Which kind of change, and that what it says cannot be read. */
export function kindWords(entry: LedgerEntry): string {
  return entry.unreadable ? 'changed to something unreadable' : kindOf(entry);
}

const signalWords: Readonly<Record<LedgerEntry['signals'][number], string>> = {
  'size-changed-time-kept': 'its size changed under the same modification time',
  'time-went-backwards': 'its modification time went backwards',
  shrank: 'it became smaller',
  'time-in-future': 'it claims to be modified after the inventory was taken',
  'mass-deletion': 'many others were deleted with it',
  'folder-gone': 'nothing is left of its folder',
  'package-updated': 'packages of the node changed in the same time (severity lowered)',
};

/** Signals in words. */
export function signalSentence(signals: LedgerEntry['signals']): string {
  return signals.map((signal) => signalWords[signal]).join('; ');
}
