import { RE2JS } from 're2js';
import { InvalidConditionError } from '../errors.ts';
import type { FieldTest, OneOrMore } from '../model/condition.ts';
import type { EvaluationBasis } from '../model/rule.ts';
import type { Vocabulary } from './compile-filters.ts';
import { all, any, literal, type Node, not } from './node.ts';

/** One or more texts as a list. */
export function listOf(value: OneOrMore): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

/**
 * A test of any field: all operators that are given hold, each for any value of the field.
 *
 * @throws InvalidConditionError where RE2 does not take the expression.
 */
export function compileTest(
  { fields, atoms }: Vocabulary,
  basis: EvaluationBasis,
  { field, equals, prefix, contains, glob, matches, exists, gte, lte }: FieldTest,
): Node {
  const place = { basis, path: field, isOpen: true };
  const some = (texts: OneOrMore | undefined, make: (text: string) => Node) =>
    texts === undefined ? [] : [any(listOf(texts).map(make))];
  const text = () => fields.text(place);
  const bound = (Filter: { Gte?: number; Lte?: number }) =>
    literal(atoms.number(fields.numeric(place), Filter));
  const present = () => literal(atoms.present(fields.presence(place)));
  return all([
    ...(equals === undefined ? [] : [literal(atoms.oneOf(text(), listOf(equals)))]),
    ...some(prefix, (one) => literal(atoms.prefix(text(), one))),
    ...some(contains, (one) => literal(atoms.contains(text(), one))),
    ...some(glob, (one) => literal(atoms.glob(text(), one))),
    ...(matches === undefined
      ? []
      : [literal(atoms.matches(text(), matches, compileExpression(matches)))]),
    ...(exists === undefined ? [] : [exists ? present() : not(present())]),
    ...(gte === undefined ? [] : [bound({ Gte: gte })]),
    ...(lte === undefined ? [] : [bound({ Lte: lte })]),
  ]);
}

function compileExpression(expression: string): (text: string) => boolean {
  try {
    const compiled = RE2JS.compile(expression);
    return (text) => compiled.test(text);
  } catch (cause) {
    throw new InvalidConditionError(`'${expression}' is no expression in RE2 syntax`, { cause });
  }
}
