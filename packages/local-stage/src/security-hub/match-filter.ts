import { BlockList, isIP, isIPv6 } from 'node:net';
import { isObject, numberOf, textOf } from './json.ts';
import { isDateTime } from './schema.ts';
import type { JsonObject } from './types.ts';

/** Whether the values of one field satisfy the filters on it. */
export type Matcher = (values: readonly unknown[], filters: readonly JsonObject[]) => boolean;

const positives: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  EQUALS: (value, wanted) => value === wanted,
  PREFIX: (value, wanted) => value.startsWith(wanted),
  CONTAINS: (value, wanted) => value.includes(wanted),
  CONTAINS_WORD: (value, wanted) => value.split(/[^\p{L}\p{N}_]+/u).includes(wanted),
};

/** A negative filter and the positive one that it denies. */
const negatives: Readonly<Record<string, string>> = {
  NOT_EQUALS: 'EQUALS',
  PREFIX_NOT_EQUALS: 'PREFIX',
  NOT_CONTAINS: 'CONTAINS',
};

/**
 * Filters on text: one of the positive ones matches, and none of those that a negative one denies. No value of a list may be denied;
 * an absent field has nothing to deny. Case counts.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StringFilter.html
 */
export const matchesText: Matcher = (values, filters) =>
  joined(filters, (filter, comparison) =>
    values.some((value) => positives[comparison]?.(String(value), textOf(filter.Value) ?? '')),
  );

/** Filters on the entries of a map. */
export const matchesMap = entryMatcher(entryOf);

/** Filters on OCSF's list of `{ name, value }`, or on a map. */
export const matchesPairs = entryMatcher((value, key) =>
  value.name === key && typeof value.value === 'string' ? value.value : entryOf(value, key),
);

function entryMatcher(read: (value: JsonObject, key: string) => unknown): Matcher {
  return (values, filters) =>
    joined(filters, (filter, comparison) =>
      values
        .filter(isObject)
        .map((value) => read(value, textOf(filter.Key) ?? ''))
        .some(
          (entry) =>
            typeof entry === 'string' && positives[comparison]?.(entry, textOf(filter.Value) ?? ''),
        ),
    );
}

function entryOf(value: JsonObject, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function joined(
  filters: readonly JsonObject[],
  matches: (filter: JsonObject, comparison: string) => boolean,
): boolean {
  const comparisonOf = (filter: JsonObject) => textOf(filter.Comparison) ?? 'EQUALS';
  const wanted = filters.filter((filter) => comparisonOf(filter) in positives);
  const denied = filters.filter((filter) => comparisonOf(filter) in negatives);
  return (
    (wanted.length === 0 || wanted.some((filter) => matches(filter, comparisonOf(filter)))) &&
    !denied.some((filter) => matches(filter, negatives[comparisonOf(filter)] ?? ''))
  );
}

/** Filters on numbers: any of them, each with all of its bounds. */
export const matchesNumber: Matcher = (values, filters) =>
  filters.some((filter) =>
    values.some((value) => typeof value === 'number' && inBounds(value, filter)),
  );

function inBounds(value: number, { Eq, Gt, Gte, Lt, Lte }: JsonObject): boolean {
  return (
    value === (numberOf(Eq) ?? value) &&
    value > (numberOf(Gt) ?? Number.NEGATIVE_INFINITY) &&
    value >= (numberOf(Gte) ?? Number.NEGATIVE_INFINITY) &&
    value < (numberOf(Lt) ?? Number.POSITIVE_INFINITY) &&
    value <= (numberOf(Lte) ?? Number.POSITIVE_INFINITY)
  );
}

/** Filters on times: any of them, each with all of its bounds. `DateRange` counts whole days back from `now`. */
export function dateMatcher(now: Date): Matcher {
  return (values, filters) =>
    filters.some((filter) =>
      values.some((value) => {
        const time = timeOf(value);
        return !Number.isNaN(time) && inTime(time, filter, now);
      }),
    );
}

function inTime(time: number, { Start, End, DateRange }: JsonObject, now: Date): boolean {
  const after = typeof Start !== 'string' || time >= timeOf(Start);
  const before = typeof End !== 'string' || time <= timeOf(End);
  return after && before && inRange(time, DateRange, now);
}

/** Milliseconds since 1970; NaN, which is in no bounds, where the text is no timestamp: `Date.parse` would guess. */
function timeOf(value: unknown): number {
  return typeof value === 'string' && isDateTime(value) ? Date.parse(value) : Number.NaN;
}

function inRange(time: number, range: unknown, now: Date): boolean {
  if (!isObject(range)) return true;
  const within = time >= now.getTime() - (numberOf(range.Value) ?? 0) * 86_400_000;
  return range.Comparison === 'OLDER_THAN' ? !within : within;
}

/** Filters on booleans: any of them. */
export const matchesBoolean: Matcher = (values, filters) =>
  filters.some((filter) => values.includes(filter.Value));

/** Filters on addresses by CIDR block; an address alone is a block of one. */
export const matchesIp: Matcher = (values, filters) =>
  filters.some((filter) => values.some((value) => inBlock(String(value), String(filter.Cidr))));

function inBlock(address: string, block: string): boolean {
  const [base = '', bits] = block.split('/');
  const width = isIPv6(base) ? 128 : 32;
  const counted = Number(bits ?? width);
  const isBlock = isIP(base) !== 0 && Number.isInteger(counted) && counted >= 0 && counted <= width;
  if (!isBlock || isIP(address) !== isIP(base)) return false;
  const family = isIPv6(base) ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(base, counted, family);
  return list.check(address, family);
}
