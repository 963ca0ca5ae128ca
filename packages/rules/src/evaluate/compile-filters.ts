import { InvalidConditionError } from '../errors.ts';
import type {
  DateFilter,
  MapFilter,
  NumberFilter,
  StringComparison,
  StringFilter,
} from '../model/condition.ts';
import type { Atoms } from './atoms.ts';
import type { Fields, Place } from './fields.ts';
import { momentOf } from './leaves.ts';
import { all, any, literal, type Node, not } from './node.ts';
import type { Slot } from './slot.ts';
import type { TextSlot } from './text-slot.ts';

/** What conditions of one program are compiled with. */
export interface Vocabulary {
  readonly fields: Fields;
  readonly atoms: Atoms;
}

type Positive = 'EQUALS' | 'PREFIX' | 'CONTAINS' | 'CONTAINS_WORD';

/** Which comparison each one makes, and whether it denies it. */
const comparisons: Readonly<Record<StringComparison, readonly [Positive, isDenied: boolean]>> = {
  EQUALS: ['EQUALS', false],
  PREFIX: ['PREFIX', false],
  CONTAINS: ['CONTAINS', false],
  CONTAINS_WORD: ['CONTAINS_WORD', false],
  NOT_EQUALS: ['EQUALS', true],
  PREFIX_NOT_EQUALS: ['PREFIX', true],
  NOT_CONTAINS: ['CONTAINS', true],
};

interface TextTest {
  readonly slot: TextSlot;
  readonly comparison: Positive;
  readonly isDenied: boolean;
  readonly value: string;
}

function textTest(slot: TextSlot, filter: StringFilter): TextTest {
  if (!Object.hasOwn(comparisons, filter.Comparison))
    throw new InvalidConditionError(`'${filter.Comparison}' compares no texts`);
  const [comparison, isDenied] = comparisons[filter.Comparison];
  return { slot, comparison, isDenied, value: filter.Value };
}

/** One filter on texts: for a NOT one, no value of a list may be what it denies, and an absent field has none. */
export function textFilter({ atoms }: Vocabulary, slot: TextSlot, filter: StringFilter): Node {
  const test = textTest(slot, filter);
  const node = positive(atoms, [test]);
  return test.isDenied ? not(node) : node;
}

/**
 * All filters on one field: any of the positive ones, and none of what the NOT ones deny.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StringFilter.html
 */
export function textFilters(
  { atoms }: Vocabulary,
  slot: TextSlot,
  filters: readonly StringFilter[],
): Node {
  return joinedTests(
    atoms,
    filters.map((filter) => textTest(slot, filter)),
  );
}

/**
 * All filters on one map, whichever keys they name.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_MapFilter.html
 */
export function mapFilters(
  { atoms, fields }: Vocabulary,
  place: Place,
  filters: readonly MapFilter[],
): Node {
  return joinedTests(
    atoms,
    filters.map((filter) => textTest(fields.entry(place, filter.Key), filter)),
  );
}

function joinedTests(atoms: Atoms, tests: readonly TextTest[]): Node {
  const wanted = tests.filter(({ isDenied }) => !isDenied);
  const denied = tests.filter(({ isDenied }) => isDenied);
  return all([
    ...(wanted.length > 0 ? [positive(atoms, wanted)] : []),
    ...(denied.length > 0 ? [not(positive(atoms, denied))] : []),
  ]);
}

/** Any of these tests: whole texts of one field are looked up together. */
function positive(atoms: Atoms, tests: readonly TextTest[]): Node {
  const bySlot = Map.groupBy(
    tests.filter(({ comparison }) => comparison === 'EQUALS'),
    ({ slot }) => slot,
  );
  const whole = [...bySlot].map(([slot, equal]) =>
    atoms.oneOf(
      slot,
      equal.map(({ value }) => value),
    ),
  );
  const parts = tests
    .filter(({ comparison }) => comparison !== 'EQUALS')
    .map(({ slot, comparison, value }) => partTest(atoms, slot, comparison, value));
  return any([...whole, ...parts].map(literal));
}

function partTest(atoms: Atoms, slot: TextSlot, comparison: Positive, value: string) {
  if (comparison === 'PREFIX') return atoms.prefix(slot, value);
  return comparison === 'CONTAINS' ? atoms.contains(slot, value) : atoms.word(slot, value);
}

/** One filter on numbers: any value within all of its bounds. */
export function numberFilter({ atoms }: Vocabulary, slot: Slot<number>, filter: NumberFilter) {
  return literal(atoms.number(slot, filter));
}

/** One filter on times: any value within all of its bounds. Whole days are counted back from the moment of the evaluation. */
export function dateFilter({ atoms }: Vocabulary, slot: Slot<number>, filter: DateFilter): Node {
  for (const bound of [filter.Start, filter.End]) {
    if (bound !== undefined && momentOf(bound) === undefined)
      throw new InvalidConditionError(`'${bound}' is no ISO 8601 time`);
  }
  return literal(atoms.date(slot, filter));
}
