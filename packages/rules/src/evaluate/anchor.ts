import type { Node } from './node.ts';
import { type TextAnchor, truth } from './slot.ts';

/** Texts, one of which a finding has to show for a condition to be true. */
export interface Anchor {
  readonly anchors: readonly TextAnchor[];
  /** How many findings show one, by a guess: the fewer, the fewer are looked at in vain. */
  readonly weight: number;
}

/** A prefix fits more findings than a whole text does. */
const prefixWeight = 3;

/**
 * The rarest texts without which a settled condition cannot be true; undefined where there are none, as for a condition that only denies.
 */
export function anchorOf(node: Node): Anchor | undefined {
  if (node.kind === 'constant') return undefined;
  if (node.kind === 'literal') {
    const { anchor } = node.atom;
    return anchor && node.wanted === truth.yes
      ? { anchors: [anchor], weight: weightOf(anchor) }
      : undefined;
  }
  const found = node.nodes.map(anchorOf);
  return node.kind === 'all' ? rarest(found) : together(found);
}

function weightOf({ slot, exact, prefix }: TextAnchor): number {
  return slot.commonness * (exact.length + (prefix === undefined ? 0 : prefixWeight));
}

function rarest(found: readonly (Anchor | undefined)[]): Anchor | undefined {
  return found.reduce(
    (best, one) => (one && (!best || one.weight < best.weight) ? one : best),
    undefined,
  );
}

/** What finds every part; undefined where one of them cannot be found. */
export function together(found: readonly (Anchor | undefined)[]): Anchor | undefined {
  const known = found.filter((one) => one !== undefined);
  if (known.length < found.length) return undefined;
  return {
    anchors: known.flatMap(({ anchors }) => anchors),
    weight: known.reduce((sum, { weight }) => sum + weight, 0),
  };
}
