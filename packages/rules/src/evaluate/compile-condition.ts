import type { Condition } from '../model/condition.ts';
import type { EvaluationBasis } from '../model/rule.ts';
import { compileAsff } from './compile-asff.ts';
import type { Vocabulary } from './compile-filters.ts';
import { compileOcsf } from './compile-ocsf.ts';
import { compileOwner } from './compile-owner.ts';
import { compileTags } from './compile-tags.ts';
import { compileTest } from './compile-test.ts';
import { all, always, any, type Node, not, unknown } from './node.ts';

/**
 * Compiles a condition for findings of one format: criteria of another say nothing about them.
 *
 * @throws InvalidConditionError
 */
export function compileCondition(
  vocabulary: Vocabulary,
  basis: EvaluationBasis,
  condition: Condition,
): Node {
  const { format } = vocabulary.fields;
  const part = (one: Condition) => compileCondition(vocabulary, basis, one);
  if ('asff' in condition)
    return format === 'asff' ? compileAsff(vocabulary, basis, condition.asff) : unknown;
  if ('ocsf' in condition)
    return format === 'ocsf' ? compileOcsf(vocabulary, basis, condition.ocsf) : unknown;
  if ('all' in condition) return all(condition.all.map(part));
  if ('any' in condition) return any(condition.any.map(part));
  if ('not' in condition) return not(part(condition.not));
  if ('tags' in condition) return compileTags(vocabulary, condition.tags);
  if ('owner' in condition) return compileOwner(vocabulary, condition.owner);
  if ('test' in condition) return compileTest(vocabulary, basis, condition.test);
  return always;
}
