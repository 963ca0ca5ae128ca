import { type Atom, type Truth, truth, truthOf } from './slot.ts';
import type { Source } from './source.ts';

/**
 * A condition without `not`: only elementary tests are denied. Whether it is true is then a matter of two values: a test that cannot be
 * answered is neither true nor denied, as Kleene's logic of three values has it.
 */
export type Node =
  | { readonly kind: 'constant'; readonly truth: Truth }
  | { readonly kind: 'literal'; readonly atom: Atom; readonly wanted: Truth }
  | { readonly kind: 'all' | 'any'; readonly nodes: readonly Node[] };

export const always: Node = { kind: 'constant', truth: truth.yes };
export const never: Node = { kind: 'constant', truth: truth.no };
export const unknown: Node = { kind: 'constant', truth: truth.unknown };

export function literal(atom: Atom): Node {
  return { kind: 'literal', atom, wanted: truth.yes };
}

export function all(nodes: readonly Node[]): Node {
  return joined('all', nodes);
}

export function any(nodes: readonly Node[]): Node {
  return joined('any', nodes);
}

const opposite = { all: 'any', any: 'all' } as const;
const denied = [truth.yes, truth.no, truth.unknown] as const;

/** Denies a condition by denying its elementary tests. What is unknown stays so. */
export function not(node: Node): Node {
  if (node.kind === 'constant') return { kind: 'constant', truth: denied[node.truth] };
  if (node.kind === 'literal') return { ...node, wanted: denied[node.wanted] };
  return joined(opposite[node.kind], node.nodes.map(not));
}

/** The condition as a rule asks for it: what is unknown does not match. */
export function settled(node: Node): Node {
  if (node.kind === 'constant') return node.truth === truth.yes ? always : never;
  if (node.kind === 'literal') return node;
  return joined(node.kind, node.nodes.map(settled));
}

function joined(kind: 'all' | 'any', nodes: readonly Node[]): Node {
  const [decisive, neutral] = kind === 'all' ? [truth.no, truth.yes] : [truth.yes, truth.no];
  const parts: Node[] = [];
  for (const node of nodes.flatMap((one) => (one.kind === kind ? one.nodes : [one]))) {
    if (node.kind === 'constant' && node.truth === decisive) return node;
    const isNeutral = node.kind === 'constant' && node.truth === neutral;
    if (!isNeutral && !parts.some((part) => isSame(part, node))) parts.push(node);
  }
  const [only] = parts;
  if (only === undefined) return kind === 'all' ? always : never;
  return parts.length === 1 ? only : { kind, nodes: parts };
}

function isSame(one: Node, other: Node): boolean {
  if (one.kind === 'literal' && other.kind === 'literal')
    return one.atom === other.atom && one.wanted === other.wanted;
  return one.kind === 'constant' && other.kind === 'constant' && one.truth === other.truth;
}

/** Whether a settled condition is true of the finding at hand. */
export function holds(node: Node, source: Source): boolean {
  if (node.kind === 'literal') return truthOf(node.atom, source) === node.wanted;
  if (node.kind === 'constant') return node.truth === truth.yes;
  const isAny = node.kind === 'any';
  for (const part of node.nodes) {
    const isTrue =
      part.kind === 'literal' ? truthOf(part.atom, source) === part.wanted : holds(part, source);
    if (isTrue === isAny) return isAny;
  }
  return !isAny;
}
