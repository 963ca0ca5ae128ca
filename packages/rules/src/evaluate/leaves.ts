import { internalized, memberOf } from './source.ts';
import type { Taker } from './values.ts';

/** Adds what a value at the end of a path says to the values of a field; nothing where it is of the wrong type. */
export type Leaf<T> = (value: unknown, out: Taker<T>, parent: unknown) => void;

/** Texts; numbers and booleans as JSON writes them. */
export const textLeaf: Leaf<string> = (value, out) => {
  if (typeof value === 'string') out.add(value);
  else if (typeof value === 'number' || typeof value === 'boolean') out.add(String(value));
};

export const numberLeaf: Leaf<number> = (value, out) => {
  if (typeof value === 'number') out.add(value);
};

const written = /^-?\d+(\.\d+)?([eE][-+]?\d{1,3})?$/;
const longestNumber = 40;

/** Numbers, also those written as text, as OCSF's EPSS scores are. */
export const numericLeaf: Leaf<number> = (value, out) => {
  if (typeof value === 'number') out.add(value);
  else if (typeof value === 'string' && value.length <= longestNumber && written.test(value))
    out.add(Number(value));
};

export const booleanLeaf: Leaf<boolean> = (value, out) => {
  if (typeof value === 'boolean') out.add(value);
};

/** Anything that is there. */
export const presentLeaf: Leaf<true> = (_value, out) => {
  out.add(true);
};

/** `2026-11-25`, which is its first moment in UTC, or with a time and an offset; other forms that `Date.parse` guesses at are not moments. */
const isoDate = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,12})?)?(Z|[-+]\d\d:?\d\d))?$/;
const longestDate = 64;

/** Milliseconds since 1970 of an ISO 8601 text; undefined where it is none. */
export function momentOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > longestDate || !isoDate.test(value))
    return undefined;
  const moment = Date.parse(value);
  return Number.isNaN(moment) ? undefined : moment;
}

export const dateLeaf: Leaf<number> = (value, out) => {
  const moment = momentOf(value);
  if (moment !== undefined) out.add(moment);
};

/** No finding is older than 1973: a smaller number counts seconds, as some products do. */
const firstMillisecond = 1e11;
const lastMillisecond = 8.64e15;

/** A member of OCSF's `*_dt` form, else the number of the same name without it. The value is their parent. */
export function ocsfDateLeaf(writtenName: string): Leaf<number> {
  const name = internalized(writtenName);
  const epochName = internalized(name.replace(/_dt$/, ''));
  return (parent, out) => {
    const moment = momentOf(memberOf(parent, name));
    const epoch = moment === undefined ? memberOf(parent, epochName) : undefined;
    if (moment !== undefined) out.add(moment);
    else if (typeof epoch === 'number' && Math.abs(epoch) <= lastMillisecond)
      out.add(Math.abs(epoch) < firstMillisecond ? epoch * 1000 : epoch);
  };
}

/** The entry of that key of a JSON object of texts. */
export function entryLeaf(writtenKey: string): Leaf<string> {
  const key = internalized(writtenKey);
  return (map, out) => {
    const value = memberOf(map, key);
    if (typeof value === 'string') out.add(value);
  };
}

/** The entry of that key of OCSF's list of `{ name, value }`, or `{ name, values }`; else that of an object of texts. */
export function pairLeaf(key: string): Leaf<string> {
  const entry = entryLeaf(key);
  return (item, out, parent) => {
    if (!Array.isArray(parent)) entry(item, out, parent);
    else if (memberOf(item, 'name') === key) pushPair(item, out);
  };
}

function pushPair(item: unknown, out: Taker<string>): void {
  const value = memberOf(item, 'value');
  if (typeof value === 'string') out.add(value);
  const values = memberOf(item, 'values');
  if (!Array.isArray(values)) return;
  for (const one of values) if (typeof one === 'string') out.add(one);
}
