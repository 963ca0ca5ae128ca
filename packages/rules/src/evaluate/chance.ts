import type { Node } from './node.ts';
import { type Atom, truth } from './slot.ts';
import type { TextAnchor } from './text-slot.ts';

/** A prefix fits more findings than a whole text does. */
const prefixWeight = 3;

/** How many findings show one of the texts, by a guess, 0 to 1. */
export function chanceOfText({ slot, exact, prefix }: TextAnchor): number {
  const texts = exact.length + (prefix === undefined ? 0 : prefixWeight);
  return Math.min(1, slot.commonness * texts);
}

/**
 * Puts first what is cheap to find out and decides most: in a list of what has to hold, what seldom does; in a list of alternatives, what
 * often does. Order changes how long it takes, never what comes out.
 */
export function decisiveFirst(node: Node): Node {
  if (node.kind === 'constant') return node;
  if (node.kind === 'literal') return { kind: node.kind, atom: node.atom, wanted: node.wanted };
  const isAll = node.kind === 'all';
  const ranked = node.nodes.map(decisiveFirst).map((part) => {
    const chance = chanceOf(part);
    return { part, rank: costOf(part) / ((isAll ? 1 - chance : chance) + least) };
  });
  const nodes = ranked.toSorted((one, other) => one.rank - other.rank).map(({ part }) => part);
  return { kind: node.kind, nodes };
}

const least = 0.01;

function costOf(node: Node): number {
  if (node.kind === 'constant') return 0;
  if (node.kind === 'literal') return node.atom.cost;
  return node.nodes.reduce((sum, part) => sum + costOf(part), 0);
}

function chanceOf(node: Node): number {
  if (node.kind === 'constant') return node.truth === truth.yes ? 1 : 0;
  if (node.kind === 'literal')
    return node.wanted === truth.yes ? chanceOfAtom(node.atom) : 1 - chanceOfAtom(node.atom);
  const isAll = node.kind === 'all';
  const product = node.nodes.reduce((rest, part) => {
    const chance = chanceOf(part);
    return rest * (isAll ? chance : 1 - chance);
  }, 1);
  return isAll ? product : 1 - product;
}

function chanceOfAtom({ anchor }: Atom): number {
  return anchor ? chanceOfText(anchor) : 0.5;
}
