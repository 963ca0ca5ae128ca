import type { Requirements } from './anchor.ts';
import { addRule, addRules, noRules, type RuleBits } from './rule-bits.ts';
import type { Source } from './source.ts';
import { ensureTexts, entriesOf, type TextSlot } from './text-slot.ts';

/** A filter pays where it spares more than so many rules for an average finding, by a guess; less where the field is read anyway. */
const leastGain = { unread: 1.5, read: 0.5 } as const;

/** A field that rules ask for. */
interface FilteredSlot {
  readonly slot: TextSlot;
  /** The rules that ask nothing of it. */
  readonly free: RuleBits;
}

/** Takes rules out that a finding cannot match, many at once: by fields that say little of one rule, and much of a thousand. */
export class RuleFilters {
  readonly #slots: readonly FilteredSlot[];
  readonly #left: RuleBits;

  /** @param anchored fields that are read for every finding. */
  constructor(rules: readonly Requirements[], anchored: ReadonlySet<TextSlot>) {
    this.#left = noRules(rules.length);
    this.#slots = gainfulSlots(rules, anchored).map((slot) => filteredSlot(slot, rules));
  }

  reduce(bits: RuleBits, source: Source): void {
    for (const filtered of this.#slots) this.#apply(filtered, bits, source);
  }

  #apply({ slot, free }: FilteredSlot, bits: RuleBits, source: Source): void {
    ensureTexts(slot, source);
    const left = this.#left;
    left.set(free);
    const { items, count } = slot.entries;
    for (let at = 0; at < count; at++) {
      const more = items[at]?.bits;
      if (more) addRules(left, more);
    }
    for (let word = 0; word < bits.length; word++)
      bits[word] = (bits[word] ?? 0) & (left[word] ?? 0);
  }
}

function gainfulSlots(
  rules: readonly Requirements[],
  anchored: ReadonlySet<TextSlot>,
): readonly TextSlot[] {
  const gains = new Map<TextSlot, number>();
  for (const { anchor, filters } of rules) {
    for (const { slot, weight } of filters)
      gains.set(slot, (gains.get(slot) ?? 0) + (anchor?.weight ?? 1) * (1 - weight));
  }
  return [...gains]
    .filter(([slot, gain]) => gain >= leastGain[anchored.has(slot) ? 'read' : 'unread'])
    .toSorted(([, one], [, other]) => other - one)
    .map(([slot]) => slot);
}

function filteredSlot(slot: TextSlot, rules: readonly Requirements[]): FilteredSlot {
  const free = noRules(rules.length);
  for (const [place, { filters }] of rules.entries()) {
    const filter = filters.find((one) => one.slot === slot);
    if (!filter) addRule(free, place);
    for (const anchor of filter?.anchors ?? [])
      for (const entry of entriesOf(anchor)) {
        entry.bits ??= noRules(rules.length);
        addRule(entry.bits, place);
      }
  }
  return { slot, free };
}
