import { BlockList, isIP } from 'node:net';
import type { BooleanFilter, DateFilter, IpFilter, NumberFilter } from '@riposte/rules';
import { isObject, memberOf, timeOf } from './interpreter-values.ts';

type Filters = readonly object[];

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function compares(value: string, comparison: string, wanted: string): boolean {
  if (comparison === 'EQUALS') return value === wanted;
  if (comparison === 'PREFIX') return value.startsWith(wanted);
  if (comparison === 'CONTAINS') return value.includes(wanted);
  return value.split(/[^\p{L}\p{N}_]+/u).includes(wanted);
}

/** The comparison that each negative one denies. */
const denied = new Map([
  ['NOT_EQUALS', 'EQUALS'],
  ['PREFIX_NOT_EQUALS', 'PREFIX'],
  ['NOT_CONTAINS', 'CONTAINS'],
]);

type Shown = (filter: object, comparison: string) => boolean;

/** One of the positive filters, and none of what the negative ones deny. */
function joined(filters: Filters, isShown: Shown): boolean {
  let isWanted = false;
  let isFound = false;
  for (const filter of filters) {
    const comparison = 'Comparison' in filter ? String(filter.Comparison) : '';
    const opposite = denied.get(comparison);
    if (opposite !== undefined) {
      if (isShown(filter, opposite)) return false;
    } else {
      isWanted = true;
      isFound ||= isShown(filter, comparison);
    }
  }
  return isFound || !isWanted;
}

export function textFiltersMatch(values: readonly unknown[], filters: Filters): boolean {
  return joined(filters, (filter, comparison) => {
    const wanted = 'Value' in filter ? String(filter.Value) : '';
    return values.some((value) => {
      const text = textOf(value);
      return text !== undefined && compares(text, comparison, wanted);
    });
  });
}

export function mapFiltersMatch(maps: readonly unknown[], filters: Filters): boolean {
  return joined(filters, (filter, comparison) => {
    const key = 'Key' in filter ? String(filter.Key) : '';
    const wanted = 'Value' in filter ? String(filter.Value) : '';
    return maps.some((map) =>
      entriesOf(map, key).some(
        (value) => typeof value === 'string' && compares(value, comparison, wanted),
      ),
    );
  });
}

function entriesOf(map: unknown, key: string): readonly unknown[] {
  const name = memberOf(map, 'name');
  if (isObject(map) && typeof name === 'string' && Object.hasOwn(map, 'value'))
    return name === key ? [map.value] : [];
  return [memberOf(map, key)];
}

export function numberMatches(values: readonly unknown[], filter: NumberFilter): boolean {
  const { Eq, Gt, Gte, Lt, Lte } = filter;
  return values.some(
    (value) =>
      typeof value === 'number' &&
      value === (Eq ?? value) &&
      value > (Gt ?? -Infinity) &&
      value >= (Gte ?? -Infinity) &&
      value < (Lt ?? Infinity) &&
      value <= (Lte ?? Infinity),
  );
}

export function dateMatches(
  values: readonly unknown[],
  { Start, End, DateRange }: DateFilter,
  now: number,
): boolean {
  return values.some((value) => {
    const time = timeOf(value);
    if (time === undefined) return false;
    if (Start !== undefined && time < Date.parse(Start)) return false;
    if (End !== undefined && time > Date.parse(End)) return false;
    if (!DateRange) return true;
    const isWithin = time >= now - DateRange.Value * 86_400_000;
    return DateRange.Comparison === 'OLDER_THAN' ? !isWithin : isWithin;
  });
}

export function booleanMatches(values: readonly unknown[], { Value }: BooleanFilter): boolean {
  return values.includes(Value);
}

export function ipMatches(values: readonly unknown[], { Cidr }: IpFilter): boolean {
  const [base = '', bits] = Cidr.split('/');
  const family = isIP(base) === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(base, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  return values.some(
    (value) =>
      typeof value === 'string' &&
      isIP(value) === (family === 'ipv6' ? 6 : 4) &&
      list.check(value, family),
  );
}

export function keywordMatches(document: unknown, filters: Filters): boolean {
  const texts = textsIn(document).map((text) => text.toLowerCase());
  return filters.some((filter) => {
    const wanted = String(memberOf(filter, 'Value')).toLowerCase();
    return texts.some((text) => text.includes(wanted));
  });
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
