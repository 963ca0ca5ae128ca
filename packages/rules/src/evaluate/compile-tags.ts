import type { OneOrMore } from '../model/condition.ts';
import type { Vocabulary } from './compile-filters.ts';
import { listOf } from './compile-test.ts';
import { all, literal, type Node } from './node.ts';
import { type Atom, type Truth, truth, truthOf } from './slot.ts';
import { internalized, member, type Source } from './source.ts';

interface Wanted {
  readonly key: string;
  readonly values: ReadonlySet<string>;
  readonly isAny: boolean;
}

/**
 * Tags of one resource, or as they were read live: every key has one of its values. Where they could not be read live, tags that the finding
 * does not show are unknown.
 */
export function compileTags(
  vocabulary: Vocabulary,
  tags: Readonly<Record<string, OneOrMore>>,
): Node {
  const wanted = Object.entries(tags).map(([key, given]): Wanted => {
    const values = new Set(listOf(given));
    return { key: internalized(key), values, isAny: values.has('*') };
  });
  const [first] = wanted;
  if (first === undefined) return all([]);
  if (wanted.length === 1) return literal(anywhere(vocabulary, first));
  const { fields, atoms } = vocabulary;
  const together = atoms.custom(fields.tag(first.key), `tags ${JSON.stringify(tags)}`, {
    cost: 2 * wanted.length,
    test: (source) => someResource(source, wanted),
  });
  return all([...wanted.map((one) => literal(anywhere(vocabulary, one))), literal(together)]);
}

/** What has to hold of each tag alone: it finds the rules that may match, and shares what others ask for. */
function anywhere({ fields, atoms }: Vocabulary, { key, values, isAny }: Wanted): Atom {
  const slot = fields.tag(key);
  const shown = isAny ? atoms.someText(slot) : atoms.oneOf(slot, [...values]);
  return atoms.custom(slot, `tag ${isAny ? '*' : JSON.stringify([...values])}`, {
    cost: 1,
    anchor: shown.anchor,
    test: (source) => orUnknown(source, truthOf(shown, source)),
  });
}

function someResource(source: Source, wanted: readonly Wanted[]): Truth {
  const { finding, context } = source;
  for (const { tags } of finding.resources) if (hasAll(tags, wanted)) return truth.yes;
  return orUnknown(source, context?.tags && hasAll(context.tags, wanted) ? truth.yes : truth.no);
}

function orUnknown({ context }: Source, known: Truth): Truth {
  return known === truth.no && context?.unknown?.includes('tags') ? truth.unknown : known;
}

function hasAll(tags: Readonly<Record<string, string>>, wanted: readonly Wanted[]): boolean {
  for (const { key, values, isAny } of wanted) {
    const value = member(tags, key);
    if (typeof value !== 'string' || !(isAny || values.has(value))) return false;
  }
  return true;
}
