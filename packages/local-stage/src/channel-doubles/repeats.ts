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

/** The ids that stand there more than once. */
export function repeated(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}
