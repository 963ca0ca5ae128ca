import type { Source } from './source.ts';
import type { TextAnchor } from './text-slot.ts';
import { type Taker, Values } from './values.ts';

/** Unknown where what a condition asks for could not be read. */
export const truth = { no: 0, yes: 1, unknown: 2 } as const;
export type Truth = (typeof truth)[keyof typeof truth];

/** One field as conditions read it: its values are collected at most once a finding. */
export interface Slot<T = unknown> {
  readonly key: string;
  readonly values: Values<T>;
  /** Whether a rule that matched can have changed it. */
  readonly isChanging: boolean;
  /** How often a value of this field is the one that a rule asks for, 0 to 1: a guess that only speed depends on. */
  readonly commonness: number;
  /** The evaluation that the values are of. */
  epoch: number;
  readonly read: (source: Source) => void;
}

/** One elementary test of a field, shared by all conditions that make it, and made at most once a finding. */
export interface Atom {
  readonly slot: Slot;
  readonly test: (source: Source) => Truth;
  /** What the test costs beside a comparison of two texts: cheap ones are made first. */
  readonly cost: number;
  /** Where the test holds for one of these texts, and only then. */
  readonly anchor: TextAnchor | undefined;
  epoch: number;
  known: Truth;
}

export const neverRead = -1;

/** What a slot is made of. */
export interface SlotDraft<T> {
  readonly key: string;
  readonly isChanging: boolean;
  readonly commonness: number;
  readonly reader: (out: Taker<T>) => (source: Source) => void;
}

/** Slots, like tests, all have their members in one order: that is how the engine finds them fast. */
export function makeSlot<T>({ key, isChanging, commonness, reader }: SlotDraft<T>): Slot<T> {
  const values = new Values<T>();
  return { key, values, isChanging, commonness, epoch: neverRead, read: reader(values) };
}

/** What a test is made of. */
export type AtomDraft = Pick<Atom, 'slot' | 'test' | 'cost'> & { readonly anchor?: Atom['anchor'] };

export function makeAtom({ slot, test, cost, anchor }: AtomDraft): Atom {
  return { slot, test, cost, anchor, epoch: neverRead, known: truth.no };
}

/** Forgets what is known of the finding at hand. */
export function forget(known: { epoch: number }): void {
  known.epoch = neverRead;
}

function ensureRead(slot: Slot, source: Source): void {
  if (slot.epoch === source.epoch) return;
  slot.epoch = source.epoch;
  slot.values.clear();
  slot.read(source);
}

/** What an elementary test says of the finding at hand. */
export function truthOf(atom: Atom, source: Source): Truth {
  if (atom.epoch !== source.epoch) {
    ensureRead(atom.slot, source);
    if (atom.epoch !== source.epoch) {
      atom.known = atom.test(source);
      atom.epoch = source.epoch;
    }
  }
  return atom.known;
}
