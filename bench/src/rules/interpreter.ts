import type { Finding } from '@riposte/findings';
import {
  applyUpdate,
  type Condition,
  type EvaluationBasis,
  type EvaluationMoment,
  type FindingUpdate,
  type OneOrMore,
  type OwnerTest,
  type ResourceContext,
  type Rule,
  type RuleMatch,
  type RulePack,
  together,
  updateOf,
} from '@riposte/rules';
import { type Asked, asffMatches, ocsfMatches } from './interpreter-criteria.ts';
import { fieldTestMatches } from './interpreter-tests.ts';
import { currentOf, originalOf } from './interpreter-values.ts';

/** Undefined where it cannot be said. */
type Truth = boolean | undefined;

/** What a condition is asked about. */
interface Question extends Asked {
  readonly finding: Finding;
  readonly context: ResourceContext | undefined;
}

interface OrderedRule {
  readonly rule: Rule;
  readonly basis: EvaluationBasis;
}

/**
 * Evaluates rules as one would write it down from the documents: one rule after the other, one filter after the other, reading what each
 * asks for. The peer of the benchmark, and the reference of the property tests.
 */
export function interpretRules(packs: readonly RulePack[]) {
  const ordered: readonly OrderedRule[] = packs
    .toSorted((one, other) => (one.file < other.file ? -1 : Number(one.file > other.file)))
    .flatMap(({ rules, evaluate: basis }) => rules.map((rule) => ({ rule, basis })))
    .filter(({ rule }) => rule.enabled)
    .toSorted((one, other) => one.rule.order - other.rule.order);
  return (finding: Finding, moment: EvaluationMoment) => interpret(ordered, finding, moment);
}

function interpret(
  ordered: readonly OrderedRule[],
  finding: Finding,
  { now, context }: EvaluationMoment,
): readonly RuleMatch[] {
  const matches: RuleMatch[] = [];
  const original = originalOf(finding);
  let update: FindingUpdate = {};
  let current = currentOf(finding);
  for (const { rule, basis } of ordered) {
    if (rule.expires !== undefined && now.getTime() >= Date.parse(rule.expires)) continue;
    const document = basis === 'original' ? original : current;
    const question = { finding, document, context, now: now.getTime() };
    const branchIndex = rule.branches.findIndex(({ when }) => truthOf(when, question) === true);
    const branch = rule.branches[branchIndex];
    if (!branch) continue;
    matches.push({ rule, branch, branchIndex });
    if (rule.terminal) break;
    update = together([update, updateOf(branch.then)]);
    current = currentOf(applyUpdate(finding, update, now));
  }
  return matches;
}

function truthOf(condition: Condition, question: Question): Truth {
  if ('asff' in condition)
    return criteriaTruth('asff', question, (asked) => asffMatches(condition.asff, asked));
  if ('ocsf' in condition)
    return criteriaTruth('ocsf', question, (asked) => ocsfMatches(condition.ocsf, asked));
  if ('all' in condition) return joined(condition.all, false, (one) => truthOf(one, question));
  if ('any' in condition) return joined(condition.any, true, (one) => truthOf(one, question));
  if ('not' in condition) return opposite(truthOf(condition.not, question));
  if ('tags' in condition) return tagsTruth(condition.tags, question);
  if ('owner' in condition) return ownerTruth(condition.owner, question);
  return 'test' in condition ? fieldTestMatches(condition.test, question.document) : true;
}

/** Criteria of one format say nothing about findings of another. */
function criteriaTruth(
  format: Finding['format'],
  question: Question,
  matches: (question: Question) => boolean,
): Truth {
  return question.finding.format === format ? matches(question) : undefined;
}

function opposite(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

/** The first that decides, else undefined where one cannot be said. */
function joined<T>(parts: readonly T[], decisive: boolean, truth: (part: T) => Truth): Truth {
  let result: Truth = !decisive;
  for (const part of parts) {
    const one = truth(part);
    if (one === decisive) return decisive;
    if (one === undefined) result = undefined;
  }
  return result;
}

/** Whether one resource has all of the tags. */
export function tagsTruth(
  wanted: Readonly<Record<string, string | readonly string[]>>,
  { finding, context }: Pick<Question, 'finding' | 'context'>,
): Truth {
  const sets = [
    ...finding.resources.map(({ tags }) => tags),
    ...(context?.tags ? [context.tags] : []),
  ];
  const isFound = sets.some((tags) =>
    Object.entries(wanted).every(
      ([key, values]) =>
        Object.hasOwn(tags, key) &&
        ([values].flat().includes('*') || [values].flat().includes(tags[key] ?? '')),
    ),
  );
  if (isFound || Object.keys(wanted).length === 0) return true;
  return context?.unknown?.includes('tags') ? undefined : false;
}

function ownerTruth(wanted: OwnerTest, { context }: Question): Truth {
  const known: Readonly<Record<string, unknown>> = { ...context };
  return joined(Object.entries(wanted), false, ([name, values]: [string, OneOrMore]) => {
    if (!context || context.unknown?.includes(name)) return undefined;
    const value = known[name];
    return typeof value === 'string' && [values].flat().includes(value);
  });
}
