/**
 * What the command's oldest Node lacks of what shared packages use, which run on Lambda with a newer one. Imported first, for its effect.
 *
 * @see https://tc39.es/ecma262/#sec-map.groupby
 */
export function groupBy<K, T>(
  items: Iterable<T>,
  keyOf: (item: T, index: number) => K,
): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index);
    index += 1;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

Map.groupBy ??= groupBy;
