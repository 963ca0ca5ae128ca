import {
  AllowedOperators,
  OcsfBooleanField,
  OcsfDateField,
  OcsfIpField,
  OcsfMapField,
  OcsfNumberField,
  OcsfStringField,
} from '@aws-sdk/client-securityhub';
import { invalidV2 } from './hub-fault.ts';
import { isObject, listOf, objectOf, valuesAt } from './json.ts';
import {
  dateMatcher,
  type Matcher,
  matchesBoolean,
  matchesIp,
  matchesNumber,
  matchesPairs,
  matchesText,
} from './match-filter.ts';
import type { JsonObject } from './types.ts';

/** The kinds of filter in a composite one, each with the attributes that it takes. */
const kinds = {
  StringFilters: new Set<string>(Object.values(OcsfStringField)),
  DateFilters: new Set<string>(Object.values(OcsfDateField)),
  BooleanFilters: new Set<string>(Object.values(OcsfBooleanField)),
  NumberFilters: new Set<string>(Object.values(OcsfNumberField)),
  MapFilters: new Set<string>(Object.values(OcsfMapField)),
  IpFilters: new Set<string>(Object.values(OcsfIpField)),
};

type Kind = keyof typeof kinds;
const kindNames: readonly Kind[] = [
  'StringFilters',
  'DateFilters',
  'BooleanFilters',
  'NumberFilters',
  'MapFilters',
  'IpFilters',
];
const operators = new Set<unknown>([...Object.values(AllowedOperators), undefined]);

/**
 * Checks filters of GetFindingsV2 or criteria of an automation rule V2: at most 10 composite filters, 20 filters of a kind in each,
 * one level of nesting.
 *
 * @throws HubFault ValidationException
 */
export function checkOcsfFilters(filters: unknown): void {
  const { CompositeFilters, CompositeOperator } = objectOf(filters);
  const composites = listOf(CompositeFilters).filter(isObject);
  if (composites.length > 10) throw invalidV2('At most 10 composite filters are allowed');
  if (!operators.has(CompositeOperator)) throw invalidV2('CompositeOperator must be AND or OR');
  for (const composite of composites) checkComposite(composite, true);
}

function checkComposite(composite: JsonObject, mayNest: boolean): void {
  if (!operators.has(composite.Operator)) throw invalidV2('Operator must be AND or OR');
  for (const kind of kindNames) checkKind(kind, listOf(composite[kind]).filter(isObject));
  const nested = listOf(composite.NestedCompositeFilters).filter(isObject);
  if (nested.length > 0 && !mayNest)
    throw invalidV2('Composite filters may be nested one level deep');
  for (const inner of nested) checkComposite(inner, false);
}

function checkKind(kind: Kind, filters: readonly JsonObject[]): void {
  if (filters.length > 20) throw invalidV2(`At most 20 ${kind} are allowed`);
  for (const { FieldName, Filter } of filters) {
    if (typeof FieldName !== 'string' || !kinds[kind].has(FieldName))
      throw invalidV2(`${FieldName} is not a valid field of ${kind}`);
    if (!isObject(Filter)) throw invalidV2(`${kind} of ${FieldName} has no Filter`);
  }
}

/** True when a finding satisfies the composite filters. A missing operator is AND. */
export function matchesOcsf(finding: JsonObject, filters: unknown, now: Date): boolean {
  const { CompositeFilters, CompositeOperator } = objectOf(filters);
  const composites = listOf(CompositeFilters).filter(isObject);
  return combined(CompositeOperator, composites, (one) => matchesComposite(finding, one, now));
}

function matchesComposite(finding: JsonObject, composite: JsonObject, now: Date): boolean {
  const nested = listOf(composite.NestedCompositeFilters).filter(isObject);
  const tests = [
    ...kindNames.flatMap((kind) =>
      listOf(composite[kind])
        .filter(isObject)
        .map(({ FieldName, Filter }) => () => {
          const values = valuesAt(finding, String(FieldName).split('.'));
          return matcherOf(kind, now)(values, [objectOf(Filter)]);
        }),
    ),
    ...nested.map((inner) => () => matchesComposite(finding, inner, now)),
  ];
  return combined(composite.Operator, tests, (test) => test());
}

function combined<T>(operator: unknown, items: readonly T[], holds: (item: T) => boolean): boolean {
  if (items.length === 0) return true;
  return operator === 'OR' ? items.some(holds) : items.every(holds);
}

function matcherOf(kind: Kind, now: Date): Matcher {
  const matchers: Readonly<Record<Kind, Matcher>> = {
    StringFilters: matchesText,
    DateFilters: dateMatcher(now),
    BooleanFilters: matchesBoolean,
    NumberFilters: matchesNumber,
    MapFilters: matchesPairs,
    IpFilters: matchesIp,
  };
  return matchers[kind];
}
