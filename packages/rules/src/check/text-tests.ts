import { containsWord } from '../evaluate/contains-word.ts';
import type { StringComparison, StringFilter } from '../model/condition.ts';

/** One comparison of a text. */
export interface TextTest {
  readonly operator: StringComparison;
  readonly value: string;
}

/** A filter on a text, as a test. */
export function asTest({ Comparison, Value }: StringFilter): TextTest {
  return { operator: Comparison, value: Value };
}

const positive: ReadonlySet<StringComparison> = new Set([
  'EQUALS',
  'PREFIX',
  'CONTAINS',
  'CONTAINS_WORD',
]);

/** Whether a field has to be there for the test to hold. */
export function isPositive({ operator }: TextTest): boolean {
  return positive.has(operator);
}

/** Whether the test holds of this one text. */
export function testHolds({ operator, value }: TextTest, text: string): boolean {
  switch (operator) {
    case 'EQUALS':
      return text === value;
    case 'PREFIX':
      return text.startsWith(value);
    case 'CONTAINS':
      return text.includes(value);
    case 'CONTAINS_WORD':
      return containsWord(text, value);
    case 'NOT_EQUALS':
      return text !== value;
    case 'PREFIX_NOT_EQUALS':
      return !text.startsWith(value);
    case 'NOT_CONTAINS':
      return !text.includes(value);
  }
}

/** Whether every text of which the one test holds is a text of which the other does. Both are positive. */
export function testImplies(one: TextTest, other: TextTest): boolean {
  switch (one.operator) {
    case 'EQUALS':
      return testHolds(other, one.value);
    case 'PREFIX':
      return (
        (other.operator === 'PREFIX' && one.value.startsWith(other.value)) ||
        (other.operator === 'CONTAINS' && one.value.includes(other.value))
      );
    case 'CONTAINS':
      return other.operator === 'CONTAINS' && one.value.includes(other.value);
    default:
      return one.operator === other.operator && one.value === other.value;
  }
}
