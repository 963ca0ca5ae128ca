import { InvalidConditionError, InvalidRuleError } from '../errors.ts';
import type { FindingUpdate } from '../model/action.ts';
import type { Branch, EvaluationBasis, Rule } from '../model/rule.ts';
import { type Requirements, requirementsOfAny } from './anchor.ts';
import { decisiveFirst } from './chance.ts';
import { compileCondition } from './compile-condition.ts';
import type { Vocabulary } from './compile-filters.ts';
import { momentOf } from './leaves.ts';
import { updateOf } from './merged-update.ts';
import { holds, type Node, never, settled } from './node.ts';
import type { RuleMatch } from './rule-match.ts';
import { type Atom, type Truth, truthOf } from './slot.ts';
import type { Source } from './source.ts';

/** A rule with the basis of its pack. */
export interface PlacedRule {
  readonly rule: Rule;
  readonly basis: EvaluationBasis;
}

export interface CompiledBranch {
  /** All of these tests come out as they are wanted, */
  readonly atoms: readonly Atom[];
  readonly wanted: readonly Truth[];
  /** and all of this holds. */
  readonly rest: readonly Node[];
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
  const conditions = rule.branches.map((branch) =>
    compileBranch(vocabulary, { rule, basis }, branch),
  );
  const possible = conditions.filter((when) => when !== never);
  if (possible.length === 0) return undefined;
  const branches = rule.branches.flatMap((branch, branchIndex) => {
    const when = conditions[branchIndex] ?? never;
    const match = { rule, branch, branchIndex };
    return when === never ? [] : [{ ...partsOf(when), match, update: updateOf(branch.then) }];
  });
  return {
    branches,
    isTerminal: rule.terminal,
    isCurrent: basis === 'current',
    expires: expiryOf(rule),
    requirements: requirementsOfAny(possible),
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

/** Tests that have to hold lie in a list, where they are found without going from part to part. */
function partsOf(when: Node): Pick<CompiledBranch, 'atoms' | 'wanted' | 'rest'> {
  const parts = when.kind === 'all' ? when.nodes : [when];
  const literals = parts.filter((part) => part.kind === 'literal');
  return {
    atoms: literals.map(({ atom }) => atom),
    wanted: literals.map(({ wanted }) => wanted),
    rest: parts.filter(({ kind }) => kind !== 'literal'),
  };
}

/** Whether a branch's condition is true of the finding at hand. */
export function branchHolds({ atoms, wanted, rest }: CompiledBranch, source: Source): boolean {
  for (let at = 0; at < atoms.length; at++) {
    const atom = atoms[at];
    if (atom && truthOf(atom, source) !== wanted[at]) return false;
  }
  for (const part of rest) if (!holds(part, source)) return false;
  return true;
}

function expiryOf({ id, expires }: Rule): number {
  if (expires === undefined) return Infinity;
  const moment = momentOf(expires);
  if (moment === undefined) throw new InvalidRuleError(id, `'${expires}' is no ISO 8601 time`);
  return moment;
}
