import { compareText } from '../compare-text.ts';

/** Finds which of many prefixes a text begins with: a binary search, then the prefixes of the prefix that it found. */
export class PrefixIndex<T> {
  readonly #prefixes: readonly string[];
  readonly #entries: readonly T[];
  /** Where the longest other prefix of each prefix is; -1 where there is none. */
  readonly #parents: readonly number[];

  constructor(entries: ReadonlyMap<string, T>) {
    const sorted = [...entries].toSorted(([one], [other]) => compareText(one, other));
    this.#prefixes = sorted.map(([prefix]) => prefix);
    this.#entries = sorted.map(([, entry]) => entry);
    const parents: number[] = [];
    for (const [index, prefix] of this.#prefixes.entries())
      parents.push(this.#longestUpTo(prefix, index - 1, parents));
    this.#parents = parents;
  }

  /** Where the longest prefix of a text is; -1 where it has none. */
  longest(text: string): number {
    return this.#longestUpTo(text, this.#lastUpTo(text), this.#parents);
  }

  /** Where the next shorter prefix is; -1 where there is none. */
  next(at: number): number {
    return this.#parents[at] ?? -1;
  }

  entryAt(at: number): T | undefined {
    return this.#entries[at];
  }

  #longestUpTo(text: string, from: number, parents: readonly number[]): number {
    let at = from;
    while (at >= 0 && !text.startsWith(this.#prefixes[at] ?? '')) at = parents[at] ?? -1;
    return at;
  }

  /** The last prefix that is not after the text in the order. */
  #lastUpTo(text: string): number {
    let [low, high] = [0, this.#prefixes.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#prefixes[middle] ?? '') <= text) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
