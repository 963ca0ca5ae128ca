import type { OwnerTest } from '../model/condition.ts';
import type { EvaluationBasis } from '../model/rule.ts';
import { commonnessOf, unknownCommonness } from './commonness.ts';
import { type IpAddress, parseIpAddress } from './ip-block.ts';
import { readKeywords } from './keywords.ts';
import {
  booleanLeaf,
  dateLeaf,
  entryLeaf,
  type Leaf,
  numberLeaf,
  numericLeaf,
  ocsfDateLeaf,
  pairLeaf,
  presentLeaf,
  textLeaf,
} from './leaves.ts';
import { isChangeable, type Root, rootOf, wholePathOf } from './original.ts';
import { makeSlot, type Slot } from './slot.ts';
import { type Format, member, type Source } from './source.ts';
import type { Values } from './values.ts';
import { collector } from './walk.ts';

/** A place in the document, as one basis sees it. */
export interface Place {
  readonly basis: EvaluationBasis;
  readonly path: string;
  /** Whether names of members may have dots. */
  readonly isOpen?: boolean;
}

type Slots<T> = Map<string, Slot<T>>;

function interned<T>(slots: Slots<T>, key: string, make: (key: string) => Slot<T>): Slot<T> {
  const known = slots.get(key);
  if (known) return known;
  const made = make(key);
  slots.set(key, made);
  return made;
}

const ipLeaf: Leaf<IpAddress> = (value, out) => {
  const address = typeof value === 'string' ? parseIpAddress(value) : undefined;
  if (address) out.add(address);
};

/** The fields that the rules of one program read, each once. */
export class Fields {
  readonly format: Format;
  readonly #texts: Slots<string> = new Map();
  readonly #numbers: Slots<number> = new Map();
  readonly #booleans: Slots<boolean> = new Map();
  readonly #presences: Slots<true> = new Map();
  readonly #addresses: Slots<IpAddress> = new Map();

  constructor(format: Format) {
    this.format = format;
  }

  text(place: Place): Slot<string> {
    return this.#field(this.#texts, 'text', place, textLeaf);
  }

  number(place: Place): Slot<number> {
    return this.#field(this.#numbers, 'number', place, numberLeaf);
  }

  /** Numbers, also as text. */
  numeric(place: Place): Slot<number> {
    return this.#field(this.#numbers, 'numeric', place, numericLeaf);
  }

  boolean(place: Place): Slot<boolean> {
    return this.#field(this.#booleans, 'boolean', place, booleanLeaf);
  }

  presence(place: Place): Slot<true> {
    return this.#field(this.#presences, 'presence', place, presentLeaf);
  }

  address(place: Place): Slot<IpAddress> {
    return this.#field(this.#addresses, 'address', place, ipLeaf);
  }

  /** Moments, as milliseconds since 1970. */
  moment(place: Place): Slot<number> {
    if (this.format !== 'ocsf') return this.#field(this.#numbers, 'moment', place, dateLeaf);
    const at = place.path.lastIndexOf('.');
    const name = place.path.slice(at + 1);
    const parent = { ...place, path: place.path.slice(0, Math.max(at, 0)) };
    return this.#field(this.#numbers, `moment ${name}`, parent, ocsfDateLeaf(name));
  }

  /** The values of one key of a map. */
  entry(place: Place, key: string): Slot<string> {
    const leaf = this.format === 'ocsf' ? pairLeaf(key) : entryLeaf(key);
    return this.#field(this.#texts, `entry ${JSON.stringify(key)}`, place, leaf);
  }

  /** The values of one tag, of every resource and as they were read live. */
  tag(key: string): Slot<string> {
    return interned(this.#texts, `tag ${key}`, (slotKey) =>
      makeSlot({
        key: slotKey,
        isChanging: false,
        commonness: unknownCommonness,
        reader: (out: Values<string>) => (source) => readTag(source, key, out),
      }),
    );
  }

  /** What is known of who owns the resources. */
  owner(name: keyof OwnerTest): Slot<string> {
    return interned(this.#texts, `owner ${name}`, (key) =>
      makeSlot({
        key,
        isChanging: false,
        commonness: unknownCommonness,
        reader: (out: Values<string>) => (source) => {
          const value = source.context?.[name];
          if (value !== undefined) out.add(value);
        },
      }),
    );
  }

  /** Every text of the document, in lower case. */
  keywords(basis: EvaluationBasis): Slot<string> {
    return interned(this.#texts, `keywords ${basis}`, (key) =>
      makeSlot({
        key,
        isChanging: basis === 'current',
        commonness: unknownCommonness,
        reader: (out: Values<string>) => (source) => readKeywords(source.documents[basis], out),
      }),
    );
  }

  /** All fields that a rule that matched can have changed. */
  changing(): readonly Slot[] {
    return [this.#texts, this.#numbers, this.#booleans, this.#presences, this.#addresses]
      .flatMap((slots): Slot[] => [...slots.values()])
      .filter(({ isChanging }) => isChanging);
  }

  #field<T>(slots: Slots<T>, kind: string, place: Place, leaf: Leaf<T>): Slot<T> {
    const { path, isOpen = false } = place;
    const [first = '', ...names] = path.split('.');
    const isChanging = place.basis === 'current' && isChangeable(this.format, first);
    const basis = isChangeable(this.format, first) ? place.basis : 'original';
    const whole = wholePathOf(this.format, basis, path);
    const root: Root =
      whole ?? (path === '' ? (document) => document : rootOf(this.format, basis, first));
    return interned(slots, `${kind} ${basis} ${isOpen} ${path}`, (key) =>
      makeSlot({
        key,
        isChanging,
        commonness: commonnessOf(path),
        reader: (out: Values<T>) => {
          const collect = collector({ names: whole ? [] : names, isOpen, leaf }, out);
          return (source) => collect(root(source.documents[basis]));
        },
      }),
    );
  }
}

function readTag({ finding, context }: Source, key: string, out: Values<string>): void {
  for (const { tags } of finding.resources) addTag(tags, key, out);
  if (context?.tags) addTag(context.tags, key, out);
}

function addTag(tags: Readonly<Record<string, string>>, key: string, out: Values<string>): void {
  const value = member(tags, key);
  if (typeof value === 'string') out.add(value);
}
