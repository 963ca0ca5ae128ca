/** A source of numbers that are the same in every run, so that runs can be compared. */
export interface Random {
  /** From 0 to below `limit`. */
  below(limit: number): number;
  pick<T>(values: readonly [T, ...T[]]): T;
  /** True so often, from 0 to 1. */
  chance(probability: number): boolean;
  digits(count: number): string;
  hex(count: number): string;
}

/** @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md mulberry32 */
export function randomFrom(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const text = (base: number) => (count: number) =>
    Array.from({ length: count }, () => below(base).toString(base)).join('');
  return {
    below,
    pick: (values) => values[below(values.length)] ?? values[0],
    chance: (probability) => next() < probability,
    digits: text(10),
    hex: text(16),
  };
}
