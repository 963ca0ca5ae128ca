import { PrefixIndex } from './prefix-index.ts';
import type { RuleBits } from './rule-bits.ts';
import { type Atom, makeAtom, neverRead, type Slot, type SlotDraft, truth } from './slot.ts';
import { type Document, internalized, type Source } from './source.ts';
import { Values } from './values.ts';

/** A field of texts. Each is looked up once, for all that rules ask of it. */
export interface TextSlot extends Slot<string> {
  /** Whether tests look at the texts themselves, beyond what was looked up. */
  isKept: boolean;
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

export function makeTextSlot(draft: TextSlotDraft): TextSlot {
  const { key, isChanging, commonness, reader, names, isElsewhere } = draft;
  const shortcut = names?.includes('__proto__') ? undefined : names?.map(internalized);
  const slot: TextSlot = {
    key,
    values: new Values(),
    isChanging,
    commonness,
    epoch: neverRead,
    isKept: false,
    read: (source) => readTexts(slot, source),
    names: shortcut,
    isElsewhere: !shortcut || isElsewhere === true,
    readOther: reader({ add: (text) => take(slot, text) }),
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
 * take longer than the reading. It is kept only if need be: a young text in an old list costs the collector a note. What is otherwise is
 * left to the reader.
 */
function readTexts(slot: TextSlot, source: Source): void {
  const { names } = slot;
  slot.entries.count = 0;
  const text = names === undefined ? undefined : textAt(source.original, names);
  if (typeof text === 'string') take(slot, text);
  else if (text !== undefined || slot.isElsewhere) slot.readOther(source);
}

function take(slot: TextSlot, text: string): void {
  if (slot.isKept) slot.values.add(text);
  const entry = slot.exact.size > 0 ? slot.exact.get(text) : undefined;
  if (entry !== undefined) fulfil(slot, entry);
  if (slot.begins.size > 0) takeBeginnings(slot, text);
}

function takeBeginnings(slot: TextSlot, text: string): void {
  slot.beginnings ??= new PrefixIndex(slot.begins);
  const { beginnings } = slot;
  for (let at = beginnings.longest(text); at >= 0; at = beginnings.next(at)) {
    const entry = beginnings.entryAt(at);
    if (entry !== undefined) fulfil(slot, entry);
  }
}

function fulfil(slot: TextSlot, entry: TextEntry): void {
  slot.entries.add(entry);
  for (const atom of entry.atoms) {
    atom.known = truth.yes;
    atom.epoch = slot.epoch;
  }
}

/**
 * What lies at the end of the members, or the list that is in their way. Members of prototypes are functions, which are neither text nor
 * on the way to one, except `__proto__`, which no shortcut names.
 */
function textAt(document: Document, names: readonly string[]): unknown {
  let here: unknown = document;
  for (let index = 0; index < names.length; index++) {
    if (!isDocument(here)) return Array.isArray(here) ? here : undefined;
    here = here[names[index] ?? ''];
  }
  return here;
}

function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
