import type { DateFilter, NumberFilter } from '../model/condition.ts';
import { containsWord } from './contains-word.ts';
import { compileGlob } from './glob.ts';
import { type IpAddress, type IpBlock, isInBlock } from './ip-block.ts';
import { momentOf } from './leaves.ts';
import { type Atom, type AtomDraft, makeAtom, type Slot, type Truth, truth } from './slot.ts';
import { makeTextAtom, type TextSlot } from './text-slot.ts';
import type { Values } from './values.ts';

/** The elementary tests of one program, each once. */
export class Atoms {
  readonly #atoms = new Map<string, Atom>();

  /** One of these texts. */
  oneOf(slot: TextSlot, texts: readonly string[]): Atom {
    const exact = [...new Set(texts)].toSorted();
    return this.#of(slot, `one of ${JSON.stringify(exact)}`, () => makeTextAtom({ slot, exact }));
  }

  prefix(slot: TextSlot, prefix: string): Atom {
    return this.#of(slot, `prefix ${prefix}`, () => makeTextAtom({ slot, exact: [], prefix }));
  }

  contains(slot: TextSlot, part: string): Atom {
    return this.#text(slot, `contains ${part}`, { test: (text) => text.includes(part), cost: 6 });
  }

  word(slot: TextSlot, words: string): Atom {
    return this.#text(slot, `word ${words}`, {
      test: (text) => containsWord(text, words),
      cost: 8,
    });
  }

  glob(slot: TextSlot, pattern: string): Atom {
    return this.#text(slot, `glob ${pattern}`, { test: compileGlob(pattern), cost: 8 });
  }

  matches(slot: TextSlot, expression: string, test: (text: string) => boolean): Atom {
    return this.#text(slot, `matches ${expression}`, { test, cost: 60 });
  }

  /** Any text at all. */
  someText(slot: TextSlot): Atom {
    slot.isKept = true;
    return this.present(slot);
  }

  /** Any value at all. */
  present(slot: Slot<true> | TextSlot): Atom {
    return this.custom(slot, 'present', {
      cost: 1,
      test: () => (slot.values.count > 0 ? truth.yes : truth.no),
    });
  }

  number(slot: Slot<number>, filter: NumberFilter): Atom {
    const { Eq, Gt, Gte, Lt, Lte } = filter;
    const key = `number ${Eq} ${Gt} ${Gte} ${Lt} ${Lte}`;
    return this.#any(slot, key, (value) => isInBounds(value, filter));
  }

  date(slot: Slot<number>, { Start, End, DateRange }: DateFilter): Atom {
    const bounds = { from: momentOf(Start) ?? -Infinity, to: momentOf(End) ?? Infinity };
    const days = DateRange?.Value;
    const isOlder = DateRange?.Comparison === 'OLDER_THAN';
    return this.custom(slot, `date ${bounds.from} ${bounds.to} ${days} ${isOlder}`, {
      cost: 1,
      test: ({ now }) =>
        someValue(slot.values, (value) => {
          const isWithin = days === undefined || value >= now - days * millisecondsPerDay;
          return value >= bounds.from && value <= bounds.to && isWithin !== isOlder;
        }),
    });
  }

  boolean(slot: Slot<boolean>, wanted: boolean): Atom {
    return this.#any(slot, `boolean ${wanted}`, (value) => value === wanted);
  }

  block(slot: Slot<IpAddress>, cidr: string, block: IpBlock): Atom {
    return this.#any(slot, `block ${cidr}`, (value) => isInBlock(value, block));
  }

  /** Any other test; `key` says all that it asks for. */
  custom(slot: Slot, key: string, draft: Omit<AtomDraft, 'slot'>): Atom {
    return this.#of(slot, key, () => makeAtom({ slot, ...draft }));
  }

  /** All tests of fields that a rule that matched can have changed. */
  changing(): readonly Atom[] {
    return [...this.#atoms.values()].filter(({ slot }) => slot.isChanging);
  }

  #text(
    slot: TextSlot,
    key: string,
    { test, ...draft }: Omit<AtomDraft, 'slot' | 'test'> & { test: (text: string) => boolean },
  ): Atom {
    slot.isKept = true;
    return this.custom(slot, key, { ...draft, test: () => someValue(slot.values, test) });
  }

  #any<T>(slot: Slot<T>, key: string, test: (value: T) => boolean): Atom {
    return this.custom(slot, key, { cost: 1, test: () => someValue(slot.values, test) });
  }

  #of(slot: Slot, test: string, make: () => Atom): Atom {
    const key = `${slot.key}\n${test}`;
    const known = this.#atoms.get(key);
    if (known) return known;
    const made = make();
    this.#atoms.set(key, made);
    return made;
  }
}

const millisecondsPerDay = 86_400_000;

function someValue<T>({ items, count }: Values<T>, test: (value: T) => boolean): Truth {
  for (let index = 0; index < count; index++) {
    const value = items[index];
    if (value !== undefined && test(value)) return truth.yes;
  }
  return truth.no;
}

function isInBounds(value: number, { Eq, Gt, Gte, Lt, Lte }: NumberFilter): boolean {
  return (
    (Eq === undefined || value === Eq) &&
    (Gt === undefined || value > Gt) &&
    (Gte === undefined || value >= Gte) &&
    (Lt === undefined || value < Lt) &&
    (Lte === undefined || value <= Lte)
  );
}
