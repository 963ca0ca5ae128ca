import type { Leaf } from './leaves.ts';
import { internalized, member } from './source.ts';
import type { Taker } from './values.ts';

/** The way from a value to what a condition reads. */
export interface Way<T> {
  readonly names: readonly string[];
  /** Whether the names of members below the first may have dots: where a member is not there, the rest of the way is tried as one name. */
  readonly isOpen: boolean;
  readonly leaf: Leaf<T>;
}

/** Lists directly in lists: more of them are no finding's, and are not looked into. */
const deepest = 16;

/**
 * Makes what collects the values at the end of a way, through every list on it. Only own members count; what has the wrong type for the way
 * is passed over.
 */
export function collector<T>(way: Way<T>, out: Taker<T>): (value: unknown) => void {
  const { leaf } = way;
  const names = way.names.map(internalized);
  const { length } = names;
  const tails = way.isOpen ? names.map((_, index) => tailOf(names, index)) : [];

  function visit(value: unknown, from: number, depth: number, above: unknown): void {
    let [here, parent, index] = [value, above, from];
    while (index < length && isObject(here)) {
      const name = nameIn(here, index);
      parent = here;
      here = member(here, name);
      index = name === tails[index] ? length : index + 1;
    }
    if (Array.isArray(here)) visitEach(here, index, depth);
    else if (index === length) end(here, parent);
  }

  function nameIn(here: object, index: number): string {
    const name = names[index] ?? '';
    const tail = tails[index];
    return tail !== undefined && member(here, name) === undefined ? tail : name;
  }

  function end(value: unknown, parent: unknown): void {
    if (value !== undefined && value !== null) leaf(value, out, parent);
  }

  function visitEach(list: readonly unknown[], index: number, depth: number): void {
    if (depth < deepest) for (const item of list) visit(item, index, depth + 1, list);
  }

  return (value) => visit(value, 0, 0, undefined);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The rest of the way as one name; none for its first name, and for the last, which is that already. */
function tailOf(names: readonly string[], index: number): string | undefined {
  return index > 0 && index < names.length - 1
    ? internalized(names.slice(index).join('.'))
    : undefined;
}
