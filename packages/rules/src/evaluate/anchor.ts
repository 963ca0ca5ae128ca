import { chanceOfText } from './chance.ts';
import type { Node } from './node.ts';
import { truth } from './slot.ts';
import type { TextAnchor, TextSlot } from './text-slot.ts';

/** Texts, one of which a finding has to show for a condition to be true. */
export interface Anchor {
  readonly anchors: readonly TextAnchor[];
  /** How many findings show one, by a guess, 0 to 1: the fewer, the fewer are looked at in vain. */
  readonly weight: number;
}

/** What has to be true of a finding for a rule to match. */
export interface Requirements {
  /** The rarest; undefined where there is none, as for a rule that only denies. */
  readonly anchor: Anchor | undefined;
  /** Others, each of one field. */
  readonly filters: readonly Filter[];
}

export interface Filter extends Anchor {
  readonly slot: TextSlot;
}

/** What a settled condition cannot be true without. */
function requirementsOf(node: Node): Requirements {
  const parts = node.kind === 'all' ? node.nodes : [node];
  const anchors = parts.map(anchorOf).filter((anchor) => anchor !== undefined);
  const anchor = rarest(anchors);
  const filters = anchors.filter((one) => one !== anchor).flatMap(filterOf);
  return { anchor, filters };
}

/** What one of several conditions cannot be true without. */
export function requirementsOfAny(nodes: readonly Node[]): Requirements {
  const [only] = nodes;
  if (only && nodes.length === 1) return requirementsOf(only);
  return { anchor: together(nodes.map((node) => requirementsOf(node).anchor)), filters: [] };
}

function anchorOf(node: Node): Anchor | undefined {
  if (node.kind === 'constant') return undefined;
  if (node.kind === 'literal') {
    const { anchor } = node.atom;
    return anchor && node.wanted === truth.yes
      ? { anchors: [anchor], weight: chanceOfText(anchor) }
      : undefined;
  }
  const found = node.nodes.map(anchorOf);
  return node.kind === 'all' ? rarest(found) : together(found);
}

function rarest(found: readonly (Anchor | undefined)[]): Anchor | undefined {
  return found.reduce(
    (best, one) => (one && (!best || one.weight < best.weight) ? one : best),
    undefined,
  );
}

/** What finds every part; undefined where one of them cannot be found. */
function together(found: readonly (Anchor | undefined)[]): Anchor | undefined {
  const known = found.filter((one) => one !== undefined);
  if (known.length < found.length) return undefined;
  return {
    anchors: known.flatMap(({ anchors }) => anchors),
    weight: Math.min(
      1,
      known.reduce((sum, { weight }) => sum + weight, 0),
    ),
  };
}

/** Fields that rules change while they are evaluated rule nothing out beforehand. */
function filterOf(anchor: Anchor): readonly Filter[] {
  const [first, ...rest] = anchor.anchors;
  if (!first || first.slot.isChanging || rest.some(({ slot }) => slot !== first.slot)) return [];
  return [{ ...anchor, slot: first.slot }];
}
