import { PrefixIndex } from './prefix-index.ts';
import type { RuleBits } from './rule-bits.ts';
import { type Atom, makeAtom, makeSlot, type Slot, type SlotDraft, truth } from './slot.ts';
import { internalized, member, type Source } from './source.ts';
import { Values } from './values.ts';

/** A field of texts. Each is looked up once, for all that rules ask of it. */
export interface TextSlot extends Slot<string> {
  /** Members of the original that lead to the text of most findings. */
  readonly names: readonly string[] | undefined;
  /** Whether the reader may find a text where they lead to nothing. */
  readonly isElsewhere: boolean;
  readonly readOther: (source: Source) => void;
  readonly exact: Map<string, TextEntry>;
  readonly begins: Map<string, TextEntry>;
  beginnings: PrefixIndex<TextEntry> | undefined;
  /** What the texts of the finding at hand were found to be. */
  readonly entries: Values<TextEntry>;
}

/** A text, or the beginning of one, that rules ask for. */
export interface TextEntry {
  /** The tests that it makes true. */
  readonly atoms: Atom[];
  /** The rules that are looked at because of it, by their places. */
  readonly places: number[];
  /** The rules that it does not rule out. */
  bits: RuleBits | undefined;
}

/** Texts of a field: one of these, or one that begins with this. */
export interface TextAnchor {
  readonly slot: TextSlot;
  readonly exact: readonly string[];
  readonly prefix?: string;
}

export interface TextSlotDraft extends SlotDraft<string> {
  readonly names?: readonly string[] | undefined;
  readonly isElsewhere?: boolean;
}

export function makeTextSlot({ names, isElsewhere, ...draft }: TextSlotDraft): TextSlot {
  const { key, values, isChanging, commonness, epoch, read: readOther } = makeSlot(draft);
  const slot: TextSlot = {
    key,
    values,
    isChanging,
    commonness,
    epoch,
    read: (source) => readTexts(slot, source),
    names: names?.map(internalized),
    isElsewhere: !names || isElsewhere === true,
    readOther,
    exact: new Map(),
    begins: new Map(),
    beginnings: undefined,
    entries: new Values(),
  };
  return slot;
}

/** As `ensureRead`, known to be of texts. */
export function ensureTexts(slot: TextSlot, source: Source): void {
  if (slot.epoch === source.epoch) return;
  slot.epoch = source.epoch;
  slot.values.clear();
  readTexts(slot, source);
}

/**
 * Most fields hold one text at the end of a few members: it is read here and looked up at once, without calls of what differs by slot, which
 * take longer than the reading. What is otherwise is left to the reader.
 */
function readTexts(slot: TextSlot, source: Source): void {
  const { names, values, entries } = slot;
  entries.count = 0;
  const text = names === undefined ? undefined : textAt(source.original, names);
  if (typeof text === 'string') {
    values.items[0] = text;
    values.count = 1;
    lookUp(slot, text, source.epoch);
  } else if (text !== undefined || slot.isElsewhere) {
    slot.readOther(source);
    for (let at = 0; at < values.count; at++) lookUp(slot, values.items[at] ?? '', source.epoch);
  }
}

function lookUp(slot: TextSlot, text: string, epoch: number): void {
  const entry = slot.exact.get(text);
  if (entry !== undefined) fulfil(slot, entry, epoch);
  if (slot.begins.size > 0) lookUpBeginnings(slot, text, epoch);
}

function lookUpBeginnings(slot: TextSlot, text: string, epoch: number): void {
  slot.beginnings ??= new PrefixIndex(slot.begins);
  const { beginnings } = slot;
  for (let at = beginnings.longest(text); at >= 0; at = beginnings.next(at)) {
    const entry = beginnings.entryAt(at);
    if (entry !== undefined) fulfil(slot, entry, epoch);
  }
}

function fulfil(slot: TextSlot, entry: TextEntry, epoch: number): void {
  slot.entries.add(entry);
  for (const atom of entry.atoms) {
    atom.known = truth.yes;
    atom.epoch = epoch;
  }
}

/** What lies at the end of the members, or the list that is in their way. */
function textAt(document: object, names: readonly string[]): unknown {
  let here: unknown = document;
  for (let index = 0; index < names.length; index++) {
    if (typeof here !== 'object' || here === null) return undefined;
    if (Array.isArray(here)) return here;
    here = member(here, names[index] ?? '');
  }
  return here;
}

/** A test that is made true by the texts of its field as they are looked up. */
export function makeTextAtom(anchor: TextAnchor): Atom {
  const atom = makeAtom({ slot: anchor.slot, cost: 1, anchor, test: () => truth.no });
  for (const { atoms } of entriesOf(anchor)) atoms.push(atom);
  return atom;
}

/** What is kept for texts that rules ask for. */
export function entriesOf({ slot, exact, prefix }: TextAnchor): readonly TextEntry[] {
  const entries = exact.map((text) => entryOf(slot.exact, text));
  return prefix === undefined ? entries : [...entries, entryOf(slot.begins, prefix)];
}

function entryOf(entries: Map<string, TextEntry>, text: string): TextEntry {
  const entry = entries.get(text) ?? { atoms: [], places: [], bits: undefined };
  entries.set(text, entry);
  return entry;
}
