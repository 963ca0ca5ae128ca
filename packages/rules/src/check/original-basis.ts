import { asffFields } from '../evaluate/asff-fields.ts';
import { unsetByProviders } from '../evaluate/original.ts';
import type { DocumentPath, Problem } from '../folder/problem.ts';
import { pathOfBranch } from '../folder/read-pack.ts';
import type { CompositeFilter, Condition } from '../model/condition.ts';
import type { PlacedRule, Warn } from './rule-places.ts';

/**
 * Criteria of rules that read the finding as its provider gave it, over what no provider gives: they compare with nothing, or with the state of
 * a new finding, as AWS's own rules do.
 */
export function beyondOriginal(rules: readonly PlacedRule[], warn: Warn): readonly Problem[] {
  return rules
    .filter(({ pack }) => pack.evaluate === 'original')
    .flatMap((placed) =>
      placed.rule.branches.flatMap(({ when }, index) =>
        namedIn(when, [...pathOfBranch(index), 'when']).flatMap(({ field, member, path }) => {
          const said = saidOf(member);
          if (said === undefined) return [];
          return [warn(placed, path, `${field} ${said}`, 'say evaluate: current in the pack')];
        }),
      ),
    );
}

function saidOf(member: string): string | undefined {
  switch (unsetByProviders(member)) {
    case 'absent':
      return 'is never there in the finding as its provider gave it';
    case 'new':
      return 'is that of a new finding as long as the original is read';
    default:
      return undefined;
  }
}

interface Named {
  readonly field: string;
  /** The member of the document that it lies in. */
  readonly member: string;
  readonly path: DocumentPath;
}

function namedIn(condition: Condition, path: DocumentPath): readonly Named[] {
  if ('asff' in condition)
    return Object.keys(condition.asff).map((field) => ({
      field,
      member: rootOf(asffFields.get(field)?.path ?? ''),
      path: [...path, 'asff', field],
    }));
  if ('ocsf' in condition)
    return (condition.ocsf.CompositeFilters ?? []).flatMap((composite, index) =>
      namedInComposite(composite, [...path, 'ocsf', 'CompositeFilters', index]),
    );
  if ('all' in condition)
    return condition.all.flatMap((part, index) => namedIn(part, [...path, 'all', index]));
  if ('any' in condition)
    return condition.any.flatMap((part, index) => namedIn(part, [...path, 'any', index]));
  if ('not' in condition) return namedIn(condition.not, [...path, 'not']);
  if (!('test' in condition)) return [];
  const { field } = condition.test;
  return [{ field, member: rootOf(field), path: [...path, 'test', 'field'] }];
}

function namedInComposite(composite: CompositeFilter, path: DocumentPath): readonly Named[] {
  const { StringFilters = [], NumberFilters = [], NestedCompositeFilters = [] } = composite;
  const named = (list: string, filters: readonly { readonly FieldName: string }[]) =>
    filters.map(({ FieldName }, index) => ({
      field: FieldName,
      member: rootOf(FieldName),
      path: [...path, list, index, 'FieldName'],
    }));
  return [
    ...named('StringFilters', StringFilters),
    ...named('NumberFilters', NumberFilters),
    ...NestedCompositeFilters.flatMap((nested, index) =>
      namedInComposite(nested, [...path, 'NestedCompositeFilters', index]),
    ),
  ];
}

function rootOf(path: string): string {
  return path.split('.')[0] ?? '';
}
