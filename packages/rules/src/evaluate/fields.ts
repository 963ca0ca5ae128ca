import type { OwnerTest } from '../model/condition.ts';
import type { EvaluationBasis } from '../model/rule.ts';
import { commonnessOf, tagCommonness } from './commonness.ts';
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
import { hasOriginal, rootOf, shortcutOf, wholePathOf } from './original.ts';
import { makeSlot, type Slot, type SlotDraft } from './slot.ts';
import { type Format, internalized, member } from './source.ts';
import { makeTextSlot, type TextSlot } from './text-slot.ts';
import type { Taker } from './values.ts';
import { collector } from './walk.ts';

/** A place in the document, as one basis sees it. */
export interface Place {
  readonly basis: EvaluationBasis;
  readonly path: string;
  /** Whether names of members may have dots. */
  readonly isOpen?: boolean;
}

function interned<T>(known: Map<string, T>, key: string, make: (key: string) => T): T {
  const found = known.get(key) ?? make(key);
  known.set(key, found);
  return found;
}

/** Where each format keeps the tags of resources. */
const resourceTags: Readonly<Record<Format, string | undefined>> = {
  asff: 'Resources.Tags',
  ocsf: 'resources.tags',
  guardduty: undefined,
};

const ipLeaf: Leaf<IpAddress> = (value, out) => {
  const address = typeof value === 'string' ? parseIpAddress(value) : undefined;
  if (address) out.add(address);
};

/** The fields that the rules of one program read, each once. */
export class Fields {
  readonly format: Format;
  readonly #texts = new Map<string, TextSlot>();
  readonly #numbers = new Map<string, Slot<number>>();
  readonly #booleans = new Map<string, Slot<boolean>>();
  readonly #presences = new Map<string, Slot<true>>();
  readonly #addresses = new Map<string, Slot<IpAddress>>();

  constructor(format: Format) {
    this.format = format;
  }

  text(place: Place): TextSlot {
    const draft = this.#draft('text', place, textLeaf);
    const names = shortcutOf(this.format, place);
    const isElsewhere = place.isOpen || names?.join('.') !== place.path;
    return interned(this.#texts, draft.key, () => makeTextSlot({ ...draft, names, isElsewhere }));
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
  entry(place: Place, key: string): TextSlot {
    if (place.path === resourceTags[this.format]) return this.#tags(key, 'resource');
    const leaf = this.format === 'ocsf' ? pairLeaf(key) : entryLeaf(key);
    const draft = this.#draft(`entry ${JSON.stringify(key)}`, place, leaf);
    return interned(this.#texts, draft.key, () => makeTextSlot(draft));
  }

  /** The values of one tag, of every resource and as they were read live. */
  tag(key: string): TextSlot {
    return this.#tags(key, 'live');
  }

  /** Tags are read once, with the finding. */
  #tags(writtenKey: string, kind: 'resource' | 'live'): TextSlot {
    const key = internalized(writtenKey);
    return interned(this.#texts, `${kind} tag ${key}`, (slotKey) =>
      makeTextSlot({
        key: slotKey,
        isChanging: false,
        commonness: tagCommonness,
        reader: (out) => (source) => {
          for (const { tags } of source.finding.resources) addTag(tags, key, out);
          if (kind === 'live' && source.context?.tags) addTag(source.context.tags, key, out);
        },
      }),
    );
  }

  /** What is known of who owns the resources. */
  owner(name: keyof OwnerTest): TextSlot {
    return interned(this.#texts, `owner ${name}`, (key) =>
      makeTextSlot({
        key,
        isChanging: false,
        commonness: tagCommonness,
        reader: (out) => (source) => {
          const value = source.context?.[name];
          if (value !== undefined) out.add(value);
        },
      }),
    );
  }

  /** Every text of the document, in lower case. */
  keywords(basis: EvaluationBasis): TextSlot {
    return interned(this.#texts, `keywords ${basis}`, (key) =>
      makeTextSlot({
        key,
        isChanging: basis === 'current',
        commonness: tagCommonness,
        reader: (out) => (source) => readKeywords(source[basis], out),
      }),
    );
  }

  /** All fields that a rule that matched can have changed. */
  changing(): readonly Slot[] {
    return [this.#texts, this.#numbers, this.#booleans, this.#presences, this.#addresses]
      .flatMap((slots): Slot[] => [...slots.values()])
      .filter(({ isChanging }) => isChanging);
  }

  #field<T>(slots: Map<string, Slot<T>>, kind: string, place: Place, leaf: Leaf<T>): Slot<T> {
    const draft = this.#draft(kind, place, leaf);
    return interned(slots, draft.key, () => makeSlot(draft));
  }

  #draft<T>(kind: string, { path, ...place }: Place, leaf: Leaf<T>): SlotDraft<T> {
    const names = path === '' ? [] : path.split('.');
    const first = firstName(path);
    const isChangeable = hasOriginal(this.format, first);
    const basis = isChangeable ? place.basis : 'original';
    const whole = wholePathOf(this.format, basis, path);
    const root = whole ?? rootOf(this.format, basis, first);
    const rest = whole ? [] : names.slice(root ? 1 : 0);
    const isOpen = place.isOpen === true && rest.length > 1;
    return {
      key: `${kind} ${basis} ${isOpen} ${path}`,
      isChanging: isChangeable && basis === 'current',
      commonness: kind.startsWith('entry') ? tagCommonness : commonnessOf(path),
      reader: (out) => {
        const collect = collector({ names: rest, isOpen, leaf }, out);
        return root ? (source) => collect(root(source[basis])) : (source) => collect(source[basis]);
      },
    };
  }
}

function firstName(path: string): string {
  return path.slice(0, path.indexOf('.') >>> 0);
}

function addTag(tags: Readonly<Record<string, string>>, key: string, out: Taker<string>): void {
  const value = member(tags, key);
  if (typeof value === 'string') out.add(value);
}
