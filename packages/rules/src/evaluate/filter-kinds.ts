import type {
  AsffFilter,
  DateFilter,
  KeywordFilter,
  MapFilter,
  NumberFilter,
  StringFilter,
} from '../model/condition.ts';

/** Filters of ASFF criteria say what they are by their members alone. */
export function isString(filter: AsffFilter): filter is StringFilter {
  return 'Value' in filter && 'Comparison' in filter && !('Key' in filter);
}

export function isMap(filter: AsffFilter): filter is MapFilter {
  return 'Key' in filter;
}

export function isKeyword(filter: AsffFilter): filter is KeywordFilter {
  return 'Value' in filter && !('Comparison' in filter);
}

export function isNumber(filter: AsffFilter): filter is NumberFilter {
  return !('Value' in filter) && Object.keys(filter).every((name) => numberBounds.has(name));
}

export function isDate(filter: AsffFilter): filter is DateFilter {
  return !('Value' in filter) && Object.keys(filter).every((name) => dateBounds.has(name));
}

const numberBounds: ReadonlySet<string> = new Set(['Eq', 'Gt', 'Gte', 'Lt', 'Lte']);
const dateBounds: ReadonlySet<string> = new Set(['Start', 'End', 'DateRange']);
