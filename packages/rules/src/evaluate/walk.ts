import type { Leaf } from './leaves.ts';
import { member } from './source.ts';
import type { Values } from './values.ts';

/** The way from a value to what a condition reads. */
export interface Way<T> {
  readonly names: readonly string[];
  /** Whether the names of members may have dots: the rest of the way is tried as one name, too. */
  readonly isOpen: boolean;
  readonly leaf: Leaf<T>;
}

/** Lists directly in lists: more of them are no finding's, and are not looked into. */
const deepest = 16;

/**
 * Makes what collects the values at the end of a way, through every list on it. Only own members count; what has the wrong type for the way
 * is passed over.
 */
export function collector<T>(
  { names, isOpen, leaf }: Way<T>,
  out: Values<T>,
): (value: unknown) => void {
  const tails = names.map((_, index) => names.slice(index).join('.'));

  function visit(here: unknown, index: number, depth: number, parent: unknown): void {
    if (here === undefined || here === null) return;
    if (Array.isArray(here)) visitEach(here, index, depth);
    else visitOne(here, index, depth, parent);
  }

  function visitEach(list: readonly unknown[], index: number, depth: number): void {
    if (depth < deepest) for (const item of list) visit(item, index, depth + 1, list);
  }

  function visitOne(here: NonNullable<unknown>, index: number, depth: number, parent: unknown) {
    const name = names[index];
    if (name === undefined) leaf(here, out, parent);
    else if (typeof here === 'object') descend(here, name, index, depth);
  }

  function descend(here: object, name: string, index: number, depth: number): void {
    visit(member(here, name), index + 1, depth, here);
    const tail = tails[index];
    if (isOpen && tail !== undefined && tail !== name)
      visit(member(here, tail), names.length, depth, here);
  }

  return (value) => visit(value, 0, 0, undefined);
}
