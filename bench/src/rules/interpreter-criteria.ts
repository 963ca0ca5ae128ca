import {
  type AsffCriteria,
  type AsffField,
  type AsffFilter,
  asffFields,
  type CompositeFilter,
  type DateFilter,
  type NumberFilter,
  type OcsfCriteria,
  type OcsfFilter,
} from '@riposte/rules';
import {
  booleanMatches,
  dateMatches,
  ipMatches,
  keywordMatches,
  mapFiltersMatch,
  numberMatches,
  textFiltersMatch,
} from './interpreter-filters.ts';
import { valuesAt } from './interpreter-values.ts';

/** What criteria are asked about. */
export interface Asked {
  readonly document: unknown;
  readonly now: number;
}

export function asffMatches(criteria: AsffCriteria, { document, now }: Asked): boolean {
  for (const [name, filters] of Object.entries(criteria)) {
    const field = asffFields.get(name);
    if (!field) throw new RangeError(name);
    if (filters.length > 0 && !fieldMatches(field, filters, document, now)) return false;
  }
  return true;
}

function fieldMatches(
  { kind, path }: AsffField,
  filters: readonly AsffFilter[],
  document: unknown,
  now: number,
): boolean {
  return kind === 'keyword'
    ? keywordMatches(document, filters)
    : filtersMatch(kind, valuesAt(document, path), filters, now);
}

/** Whether the values of a field satisfy the filters on it. */
export function filtersMatch(
  kind: AsffField['kind'],
  values: readonly unknown[],
  filters: readonly AsffFilter[],
  now: number,
): boolean {
  if (kind === 'map') return mapFiltersMatch(values, filters);
  if (kind === 'text') return textFiltersMatch(values, filters);
  return kind === 'number'
    ? filters.filter(isNumberFilter).some((filter) => numberMatches(values, filter))
    : filters.filter(isDateFilter).some((filter) => dateMatches(values, filter, now));
}

function isNumberFilter(filter: AsffFilter): filter is NumberFilter {
  return !('Value' in filter);
}

function isDateFilter(filter: AsffFilter): filter is DateFilter {
  return !('Value' in filter);
}

export function ocsfMatches(criteria: OcsfCriteria, asked: Asked): boolean {
  const { CompositeFilters = [], CompositeOperator } = criteria;
  if (CompositeFilters.length === 0) return true;
  const isOr = CompositeOperator === 'OR';
  return CompositeFilters.some((one) => compositeMatches(one, asked) === isOr) ? isOr : !isOr;
}

function compositeMatches(composite: CompositeFilter, asked: Asked): boolean {
  const { document, now } = asked;
  const isOr = composite.Operator === 'OR';
  let count = 0;
  const decides = <T>(
    filters: readonly OcsfFilter<T>[] | undefined,
    matches: (values: readonly unknown[], filter: T) => boolean,
  ) => {
    count += filters?.length ?? 0;
    return filters?.some(
      ({ FieldName, Filter }) => matches(valuesAt(document, FieldName), Filter) === isOr,
    );
  };
  const isDecided =
    decides(composite.StringFilters, (values, filter) => textFiltersMatch(values, [filter])) ||
    decides(composite.NumberFilters, numberMatches) ||
    decides(composite.BooleanFilters, booleanMatches) ||
    decides(composite.DateFilters, (values, filter) => dateMatches(values, filter, now)) ||
    decides(composite.MapFilters, (values, filter) => mapFiltersMatch(values, [filter])) ||
    decides(composite.IpFilters, ipMatches) ||
    nestedDecides(composite, asked);
  const isEmpty = count === 0 && (composite.NestedCompositeFilters ?? []).length === 0;
  return isEmpty || (isDecided ? isOr : !isOr);
}

function nestedDecides({ NestedCompositeFilters, Operator }: CompositeFilter, asked: Asked) {
  const isOr = Operator === 'OR';
  return (NestedCompositeFilters ?? []).some((one) => compositeMatches(one, asked) === isOr);
}
