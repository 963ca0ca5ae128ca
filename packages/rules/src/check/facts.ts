import { isPositive, type TextTest, testHolds } from './text-tests.ts';

/** A range of numbers; open ends are infinite. */
export interface Range {
  readonly from: number;
  readonly to: number;
  /** Whether the ends themselves are left out. */
  readonly afterFrom?: boolean;
  readonly beforeTo?: boolean;
}

/** What has to hold of one field that has one value. All of it holds at once. */
export interface FieldFacts {
  /** Of each list, one test holds. */
  readonly oneOf: readonly (readonly TextTest[])[];
  /** Negative tests, all of which hold. */
  readonly none: readonly TextTest[];
  /** Of each list, one range holds the number. */
  readonly ranges: readonly (readonly Range[])[];
}

/** What has to hold of a finding for a condition to be true, by path; or why it never can. */
export type Facts = KnownFacts | { readonly never: string };
type KnownFacts = ReadonlyMap<string, FieldFacts>;

/** Nothing has to hold. */
export const noFacts: Facts = new Map();

const nothing: FieldFacts = { oneOf: [], none: [], ranges: [] };

/** True where a condition can never be true. */
export function isNever(facts: Facts): facts is { readonly never: string } {
  return 'never' in facts;
}

/** What a list of filters on one text says: one of the positive ones holds, and all of the negative ones. */
export function textFacts(path: string, tests: readonly TextTest[]): Facts {
  const positive = tests.filter(isPositive);
  const none = tests.filter((test) => !isPositive(test));
  const oneOf = positive.length > 0 ? [positive] : [];
  return checked(new Map([[path, { ...nothing, oneOf, none }]]));
}

/** What a list of ranges on one number says. */
export function rangeFacts(path: string, ranges: readonly Range[]): Facts {
  return checked(new Map([[path, { ...nothing, ranges: [ranges] }]]));
}

/** Everything has to hold. */
export function together(parts: readonly Facts[]): Facts {
  const all = new Map<string, FieldFacts>();
  for (const part of parts) {
    if (isNever(part)) return part;
    for (const [path, facts] of part) {
      const { oneOf, none, ranges } = all.get(path) ?? nothing;
      all.set(path, {
        oneOf: [...oneOf, ...facts.oneOf],
        none: [...none, ...facts.none],
        ranges: [...ranges, ...facts.ranges],
      });
    }
  }
  return checked(all);
}

/** One of the parts has to hold: what is left is what all of them ask of the same field by values alone. */
export function either(parts: readonly Facts[], ifNone: string): Facts {
  const possible = parts.filter((part): part is KnownFacts => !isNever(part));
  const [first, ...rest] = possible;
  if (first === undefined) return parts.find(isNever) ?? { never: ifNone };
  if (rest.length === 0) return first;
  const shared = [...first.keys()].flatMap((path): readonly [string, FieldFacts][] => {
    const values = possible.map((part) => valuesOf(part.get(path)));
    if (values.some((list) => list === undefined)) return [];
    const equals = [...new Set(values.flatMap((list) => list ?? []))];
    return [
      [path, { ...nothing, oneOf: [equals.map((value) => ({ operator: 'EQUALS', value }))] }],
    ];
  });
  return new Map(shared);
}

/** The only values that a field can have; undefined where they are not listed. */
function valuesOf(facts: FieldFacts | undefined): readonly string[] | undefined {
  const list = facts?.oneOf.find((tests) => tests.every(({ operator }) => operator === 'EQUALS'));
  if (facts === undefined || list === undefined) return undefined;
  return list.map(({ value }) => value).filter((value) => allows(facts, value));
}

function allows({ oneOf, none }: FieldFacts, value: string): boolean {
  return (
    oneOf.every((tests) => tests.some((test) => testHolds(test, value))) &&
    none.every((test) => testHolds(test, value))
  );
}

function checked(facts: KnownFacts): Facts {
  for (const [path, one] of facts) {
    const never = contradiction(path, one);
    if (never !== undefined) return { never };
  }
  return facts;
}

function contradiction(path: string, facts: FieldFacts): string | undefined {
  const values = valuesOf(facts);
  if (values?.length === 0) return `no value of ${path} is everything at once that is asked of it`;
  if (
    facts.oneOf.some((one, index) =>
      facts.oneOf.slice(index + 1).some((other) => apart(one, other)),
    )
  )
    return `${path} cannot start in two ways`;
  if (facts.ranges.length > 0 && isEmpty(facts.ranges))
    return `no number is in the ranges of ${path}`;
  return undefined;
}

/** Whether two lists of beginnings exclude each other. */
function apart(one: readonly TextTest[], other: readonly TextTest[]): boolean {
  const beginnings = [...one, ...other].every(
    ({ operator }) => operator === 'PREFIX' || operator === 'EQUALS',
  );
  return (
    beginnings &&
    one.every((a) =>
      other.every(({ value }) => !value.startsWith(a.value) && !a.value.startsWith(value)),
    )
  );
}

/** Whether no number is in one range of each list. */
function isEmpty(lists: readonly (readonly Range[])[]): boolean {
  return lists
    .reduce<readonly Range[]>(
      (held, list) => held.flatMap((a) => list.map((b) => meet(a, b)).filter(isInhabited)),
      [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }],
    )
    .every((range) => !isInhabited(range));
}

function meet(a: Range, b: Range): Range {
  const low = a.from > b.from || (a.from === b.from && a.afterFrom) ? a : b;
  const high = a.to < b.to || (a.to === b.to && a.beforeTo) ? a : b;
  return {
    from: low.from,
    to: high.to,
    ...(low.afterFrom && { afterFrom: true }),
    ...(high.beforeTo && { beforeTo: true }),
  };
}

function isInhabited({ from, to, afterFrom, beforeTo }: Range): boolean {
  return from < to || (from === to && !afterFrom && !beforeTo);
}
