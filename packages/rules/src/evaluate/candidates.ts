import type { Anchor } from './anchor.ts';
import { PrefixIndex } from './prefix-index.ts';
import { ensureRead, type Slot } from './slot.ts';
import type { Source } from './source.ts';

/** A set of rules by their place in the order, a bit each. */
export type RuleBits = Int32Array;

interface SlotIndex {
  readonly slot: Slot<string>;
  readonly exact: ReadonlyMap<string, readonly number[]>;
  readonly prefixes: PrefixIndex<readonly number[]> | undefined;
}

/** Finds the rules that may match: those whose anchor the finding shows, and those that have none. */
export class Candidates {
  readonly bits: RuleBits;
  readonly #unanchored: RuleBits;
  readonly #indexes: readonly SlotIndex[];
  readonly #changing: readonly SlotIndex[];
  readonly #add: (places: readonly number[]) => void;

  /** @param anchors of the rules, in their order. */
  constructor(anchors: readonly (Anchor | undefined)[]) {
    const bits = new Int32Array(Math.ceil(anchors.length / 32));
    this.bits = bits;
    this.#unanchored = new Int32Array(bits.length);
    for (const [place, anchor] of anchors.entries()) if (!anchor) setBit(this.#unanchored, place);
    this.#indexes = indexesOf(anchors);
    this.#changing = this.#indexes.filter(({ slot }) => slot.isChanging);
    this.#add = (places) => {
      for (const place of places) setBit(bits, place);
    };
  }

  /** Starts with a new finding. */
  find(source: Source, epoch: number): void {
    this.bits.set(this.#unanchored);
    for (const index of this.#indexes) this.#look(index, source, epoch);
  }

  /** Adds the rules that a change of the finding may have made match. */
  findChanged(source: Source, epoch: number): void {
    for (const index of this.#changing) this.#look(index, source, epoch);
  }

  #look({ slot, exact, prefixes }: SlotIndex, source: Source, epoch: number): void {
    ensureRead(slot, source, epoch);
    const { items, count } = slot.values;
    for (let at = 0; at < count; at++) {
      const value = items[at] ?? '';
      const places = exact.get(value);
      if (places) this.#add(places);
      prefixes?.visit(value, this.#add);
    }
  }
}

/** The first rule of the set from a place on; -1 where there is none. */
export function nextBit(bits: RuleBits, from: number): number {
  for (let word = from >>> 5; word < bits.length; word++) {
    const mask = word === from >>> 5 ? -1 << (from & 31) : -1;
    const rest = (bits[word] ?? 0) & mask;
    if (rest !== 0) return word * 32 + 31 - Math.clz32(rest & -rest);
  }
  return -1;
}

function setBit(bits: RuleBits, place: number): void {
  const word = place >>> 5;
  bits[word] = (bits[word] ?? 0) | (1 << (place & 31));
}

function indexesOf(anchors: readonly (Anchor | undefined)[]): readonly SlotIndex[] {
  const exact = new Map<Slot<string>, Map<string, number[]>>();
  const prefixes = new Map<Slot<string>, Map<string, number[]>>();
  for (const [place, anchor] of anchors.entries()) {
    for (const one of anchor?.anchors ?? []) {
      for (const text of one.exact) addPlace(exact, one.slot, text, place);
      if (one.prefix !== undefined) addPlace(prefixes, one.slot, one.prefix, place);
    }
  }
  const slots = new Set([...exact.keys(), ...prefixes.keys()]);
  return [...slots].map((slot) => {
    const begins = prefixes.get(slot);
    return {
      slot,
      exact: exact.get(slot) ?? new Map<string, number[]>(),
      prefixes: begins && new PrefixIndex(begins),
    };
  });
}

function addPlace(
  index: Map<Slot<string>, Map<string, number[]>>,
  slot: Slot<string>,
  text: string,
  place: number,
): void {
  const texts = index.get(slot) ?? new Map<string, number[]>();
  index.set(slot, texts);
  const places = texts.get(text) ?? [];
  texts.set(text, places);
  if (places.at(-1) !== place) places.push(place);
}
