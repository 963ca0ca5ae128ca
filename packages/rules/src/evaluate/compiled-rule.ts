import { InvalidConditionError, InvalidRuleError } from '../errors.ts';
import type { FindingUpdate } from '../model/action.ts';
import type { Branch, EvaluationBasis, Rule } from '../model/rule.ts';
import { type Requirements, requirementsOfAny } from './anchor.ts';
import { decisiveFirst } from './chance.ts';
import { compileCondition } from './compile-condition.ts';
import type { Vocabulary } from './compile-filters.ts';
import { momentOf } from './leaves.ts';
import { updateOf } from './merged-update.ts';
import { type Node, never, settled } from './node.ts';
import type { RuleMatch } from './rule-match.ts';

/** A rule with the basis of its pack. */
export interface PlacedRule {
  readonly rule: Rule;
  readonly basis: EvaluationBasis;
}

export interface CompiledBranch {
  readonly when: Node;
  readonly match: RuleMatch;
  /** What it changes on the finding. */
  readonly update: FindingUpdate | undefined;
}

export interface CompiledRule {
  readonly branches: readonly CompiledBranch[];
  readonly isTerminal: boolean;
  readonly isCurrent: boolean;
  /** Milliseconds since 1970 from which it matches nothing. */
  readonly expires: number;
  readonly requirements: Requirements;
}

/**
 * Compiles a rule for findings of one format; undefined where it can match none of them.
 *
 * @throws InvalidRuleError
 */
export function compileRule(
  vocabulary: Vocabulary,
  { rule, basis }: PlacedRule,
): CompiledRule | undefined {
  const branches = rule.branches
    .map((branch, branchIndex): CompiledBranch => {
      const when = compileBranch(vocabulary, { rule, basis }, branch);
      return { when, match: { rule, branch, branchIndex }, update: updateOf(branch.then) };
    })
    .filter(({ when }) => when !== never);
  if (branches.length === 0) return undefined;
  return {
    branches,
    isTerminal: rule.terminal,
    isCurrent: basis === 'current',
    expires: expiryOf(rule),
    requirements: requirementsOfAny(branches.map(({ when }) => when)),
  };
}

function compileBranch(vocabulary: Vocabulary, { rule, basis }: PlacedRule, { when }: Branch) {
  try {
    return decisiveFirst(settled(compileCondition(vocabulary, basis, when)));
  } catch (error) {
    if (error instanceof InvalidConditionError)
      throw new InvalidRuleError(rule.id, error.message, { cause: error });
    throw error;
  }
}

function expiryOf({ id, expires }: Rule): number {
  if (expires === undefined) return Infinity;
  const moment = momentOf(expires);
  if (moment === undefined) throw new InvalidRuleError(id, `'${expires}' is no ISO 8601 time`);
  return moment;
}
