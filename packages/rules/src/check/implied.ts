import { isDeepStrictEqual } from 'node:util';
import { isString } from '../evaluate/filter-kinds.ts';
import type { AsffCriteria, AsffFilter, Condition, OneOrMore } from '../model/condition.ts';
import { asTest, isPositive, type TextTest, testImplies } from './text-tests.ts';

/**
 * Whether every finding for which the one condition is true is one for which the other is, as far as that can be told from how they are written.
 * True is certain; false is not.
 */
export function implies(one: Condition, other: Condition): boolean {
  if ('always' in other || isDeepStrictEqual(one, other)) return true;
  if ('any' in one) return one.any.every((part) => implies(part, other));
  if ('all' in other) return other.all.every((part) => implies(one, part));
  if ('any' in other && other.any.some((part) => implies(one, part))) return true;
  if ('all' in one) return one.all.some((part) => implies(part, other));
  if ('asff' in one && 'asff' in other) return criteriaImply(one.asff, other.asff);
  return 'tags' in one && 'tags' in other && tagsImply(one.tags, other.tags);
}

function criteriaImply(one: AsffCriteria, other: AsffCriteria): boolean {
  return Object.entries(other).every(([field, wanted]) => {
    const held = one[field];
    return wanted.length === 0 || (held !== undefined && filtersImply(held, wanted));
  });
}

function filtersImply(held: readonly AsffFilter[], wanted: readonly AsffFilter[]): boolean {
  if (isDeepStrictEqual(held, wanted)) return true;
  const [one, other] = [testsIn(held), testsIn(wanted)];
  if (one.length < held.length || other.length < wanted.length) return false;
  const asked = other.filter(isPositive);
  const given = one.filter(isPositive);
  const covered = given.every((test) => asked.some((target) => testImplies(test, target)));
  const negatives = other.filter((test) => !isPositive(test));
  return (
    (asked.length === 0 || (given.length > 0 && covered)) &&
    negatives.every((test) => one.some((known) => isDeepStrictEqual(known, test)))
  );
}

function testsIn(filters: readonly AsffFilter[]): readonly TextTest[] {
  return filters.filter(isString).map(asTest);
}

type Tags = Readonly<Record<string, OneOrMore>>;

function tagsImply(one: Tags, other: Tags): boolean {
  return Object.entries(other).every(([key, wanted]) => {
    const held = one[key];
    if (held === undefined) return false;
    const values = [wanted].flat();
    return values.includes('*') || [held].flat().every((value) => values.includes(value));
  });
}
