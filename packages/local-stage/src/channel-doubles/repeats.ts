/**
 * How many of the ids stood there before.
 *
 * @example
 * repeats(['a', 'b', 'a', undefined, undefined]); // 1
 */
export function repeats(ids: readonly (string | undefined)[]): number {
  const known = ids.filter((id) => id !== undefined);
  return known.length - new Set(known).size;
}
