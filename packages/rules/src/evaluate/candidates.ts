import type { Requirements } from './anchor.ts';
import { addRule, noRules, type RuleBits } from './rule-bits.ts';
import { RuleFilters } from './rule-filters.ts';
import type { Source } from './source.ts';
import { ensureTexts, entriesOf, type TextSlot } from './text-slot.ts';

/** Finds the rules that may match: those whose anchor the finding shows, and those that have none, less those that are filtered out. */
export class Candidates {
  readonly bits: RuleBits;
  readonly #unanchored: RuleBits;
  readonly #anchored: readonly TextSlot[];
  readonly #changing: readonly TextSlot[];
  readonly #filters: RuleFilters;

  /** @param rules what each rule requires, in their order. */
  constructor(rules: readonly Requirements[]) {
    this.bits = noRules(rules.length);
    this.#unanchored = noRules(rules.length);
    for (const [place, { anchor }] of rules.entries())
      if (!anchor) addRule(this.#unanchored, place);
    this.#anchored = anchoredSlots(rules);
    this.#changing = this.#anchored.filter(({ isChanging }) => isChanging);
    this.#filters = new RuleFilters(rules, new Set(this.#anchored));
  }

  /** Starts with a new finding. */
  find(source: Source): void {
    this.bits.set(this.#unanchored);
    this.#addAnchored(this.#anchored, source);
    this.#filters.reduce(this.bits, source);
  }

  /** Adds the rules that a change of the finding may have made match. */
  findChanged(source: Source): void {
    this.#addAnchored(this.#changing, source);
  }

  #addAnchored(slots: readonly TextSlot[], source: Source): void {
    for (const slot of slots) {
      ensureTexts(slot, source);
      const { items, count } = slot.entries;
      for (let at = 0; at < count; at++)
        for (const place of items[at]?.places ?? []) addRule(this.bits, place);
    }
  }
}

function anchoredSlots(rules: readonly Requirements[]): readonly TextSlot[] {
  const slots = new Set<TextSlot>();
  for (const [place, { anchor }] of rules.entries()) {
    for (const one of anchor?.anchors ?? []) {
      slots.add(one.slot);
      for (const { places } of entriesOf(one)) places.push(place);
    }
  }
  return [...slots];
}
