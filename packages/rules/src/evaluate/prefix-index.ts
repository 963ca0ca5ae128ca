/** Finds which of many prefixes a text begins with: a binary search, then the prefixes of the prefix that it found. */
export class PrefixIndex<T> {
  readonly #prefixes: readonly string[];
  readonly #entries: readonly T[];
  /** Where the longest other prefix of each prefix is; -1 where there is none. */
  readonly #parents: readonly number[];

  constructor(entries: ReadonlyMap<string, T>) {
    const sorted = [...entries].toSorted(([one], [other]) => compare(one, other));
    this.#prefixes = sorted.map(([prefix]) => prefix);
    this.#entries = sorted.map(([, entry]) => entry);
    const parents: number[] = [];
    for (const [index, prefix] of this.#prefixes.entries())
      parents.push(this.#longest(prefix, index - 1, parents));
    this.#parents = parents;
  }

  /** Calls `found` for each prefix of the text. */
  visit(text: string, found: (entry: T) => void): void {
    let at = this.#longest(text, this.#lastUpTo(text), this.#parents);
    while (at >= 0) {
      const entry = this.#entries[at];
      if (entry !== undefined) found(entry);
      at = this.#parents[at] ?? -1;
    }
  }

  /** The longest prefix of the text among those up to a place in the order. */
  #longest(text: string, from: number, parents: readonly number[]): number {
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

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
