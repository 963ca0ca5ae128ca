import type { Finding } from '@riposte/findings';
import {
  type AsffField,
  type AsffFilter,
  asffFields,
  type CompositeFilter,
  type Condition,
  type FieldTest,
  type MapFilter,
  type OneOrMore,
  type RulePack,
} from '@riposte/rules';
import { Engine, type NestedCondition, type TopLevelCondition } from 'json-rules-engine';
import { tagsTruth } from './interpreter.ts';
import { filtersMatch } from './interpreter-criteria.ts';
import { booleanMatches, mapFiltersMatch, numberMatches } from './interpreter-filters.ts';
import { fieldTestMatches } from './interpreter-tests.ts';
import { originalOf, valuesAt } from './interpreter-values.ts';

interface FieldFilters {
  readonly kind: AsffField['kind'];
  readonly filters: readonly AsffFilter[];
}

/**
 * The rules as json-rules-engine takes them: its own `all`, `any` and `not`, a condition for each field, and an operator for each kind of
 * filter. Its paths are resolved by the interpreter, which is faster than the JSONPath that it brings.
 *
 * @returns Names of the rules that match, in order.
 */
export function engineOf(pack: RulePack, now: Date): (finding: Finding) => Promise<string[]> {
  const engine = new Engine([], {
    pathResolver: (document: unknown, path: string) => valuesAt(document, path),
  });
  addOperators(engine, now.getTime());
  for (const { name, branches } of pack.rules) {
    const [branch] = branches;
    engine.addRule({ name, conditions: topLevel(branch.when), event: { type: name } });
  }
  const ordered = pack.rules.toSorted((one, other) => one.order - other.order);
  return async (finding) => {
    const facts = { finding, format: finding.format, document: originalOf(finding) };
    const { events } = await engine.run(facts);
    const types = new Set(events.map(({ type }) => type));
    const matched = ordered.filter(({ name }) => types.has(name));
    const last = matched.findIndex(({ terminal }) => terminal);
    return (last < 0 ? matched : matched.slice(0, last + 1)).map(({ name }) => name);
  };
}

function addOperators(engine: Engine, now: number): void {
  engine.addOperator('satisfies', (values: readonly unknown[], { kind, filters }: FieldFilters) =>
    filtersMatch(kind, values, filters, now),
  );
  engine.addOperator('isNumber', numberMatches);
  engine.addOperator('isBoolean', booleanMatches);
  engine.addOperator('hasEntry', (maps: readonly unknown[], filter: MapFilter) =>
    mapFiltersMatch(maps, [filter]),
  );
  engine.addOperator(
    'hasTags',
    (finding: Finding, tags: Readonly<Record<string, OneOrMore>>) =>
      tagsTruth(tags, { finding, context: undefined }) === true,
  );
  engine.addOperator('passes', (document: unknown, test: FieldTest) =>
    fieldTestMatches(test, document),
  );
}

function topLevel(condition: Condition): TopLevelCondition {
  return { all: [nested(condition)] };
}

function nested(condition: Condition): NestedCondition {
  if ('asff' in condition) return { all: [isFormat('asff'), ...asffParts(condition.asff)] };
  if ('ocsf' in condition) {
    const { CompositeFilters = [], CompositeOperator } = condition.ocsf;
    const parts = CompositeFilters.map(composite);
    return { all: [isFormat('ocsf'), joined(CompositeOperator, parts)] };
  }
  if ('all' in condition) return { all: condition.all.map(nested) };
  if ('any' in condition) return { any: condition.any.map(nested) };
  if ('not' in condition) return { not: nested(condition.not) };
  if ('tags' in condition) return { fact: 'finding', operator: 'hasTags', value: condition.tags };
  if ('test' in condition) return { fact: 'document', operator: 'passes', value: condition.test };
  return { fact: 'format', operator: 'notEqual', value: '' };
}

function isFormat(format: Finding['format']): NestedCondition {
  return { fact: 'format', operator: 'equal', value: format };
}

function asffParts(
  criteria: Readonly<Record<string, readonly AsffFilter[]>>,
): readonly NestedCondition[] {
  return Object.entries(criteria).map(([name, filters]) => {
    const { kind, path } = asffFields.get(name) ?? { kind: 'text' as const, path: name };
    return at(path, 'satisfies', { kind, filters });
  });
}

function at(path: string, operator: string, value: object): NestedCondition {
  return { fact: 'document', path, operator, value };
}

function joined(
  operator: 'AND' | 'OR' | undefined,
  conditions: readonly NestedCondition[],
): NestedCondition {
  return operator === 'OR' ? { any: [...conditions] } : { all: [...conditions] };
}

function composite({ Operator, ...filters }: CompositeFilter): NestedCondition {
  const one = (kind: AsffField['kind'], filter: AsffFilter): FieldFilters => ({
    kind,
    filters: [filter],
  });
  return joined(Operator, [
    ...(filters.StringFilters ?? []).map(({ FieldName, Filter }) =>
      at(FieldName, 'satisfies', one('text', Filter)),
    ),
    ...(filters.DateFilters ?? []).map(({ FieldName, Filter }) =>
      at(FieldName, 'satisfies', one('date', Filter)),
    ),
    ...(filters.NumberFilters ?? []).map(({ FieldName, Filter }) =>
      at(FieldName, 'isNumber', Filter),
    ),
    ...(filters.BooleanFilters ?? []).map(({ FieldName, Filter }) =>
      at(FieldName, 'isBoolean', Filter),
    ),
    ...(filters.MapFilters ?? []).map(({ FieldName, Filter }) => at(FieldName, 'hasEntry', Filter)),
  ]);
}
