import type { InventoryRules, RuleQuestion, RuleVerdict } from '../model/rule-verdict.ts';
import { askedName } from './compile-names.ts';
import { type CompiledRule, compileRule, severityRank } from './compile-rule.ts';
import type { InventoryRule, InventoryRuleSet } from './inventory-rule.ts';
import { rulesDigest } from './rules-digest.ts';

/** What rules are compiled with. */
export interface CompileOptions {
  /** Rules that come before all others: `quickStartRules`. */
  readonly quickStart?: readonly InventoryRule[];
  /** Leaves out rules that have expired by then; absent: none has. */
  readonly now?: Date;
}

/**
 * Makes rules ready to be asked. The first that names a change decides; one that depends on tags which are not known is believed to name
 * it, unless a later one makes more of it.
 *
 * @throws InvalidPatternError for patterns that loading would have refused.
 * @example
 * const rules = compileInventoryRules(ruleSet, { quickStart: quickStartRules(patterns, label), now: new Date() });
 * rules.ask(question)?.severity;
 */
export function compileInventoryRules(
  { rules }: InventoryRuleSet,
  { quickStart = [], now }: CompileOptions = {},
): InventoryRules {
  const valid = [...quickStart, ...rules].filter((rule) => !hasExpired(rule, now));
  const byType = new Map<string, CompiledRule[]>();
  for (const rule of valid) {
    const those = byType.get(rule.type) ?? [];
    byType.set(rule.type, [...those, compileRule(rule)]);
  }
  const until = earliest(valid);
  return {
    digest: rulesDigest(valid),
    ...(until !== undefined && { until }),
    ask: (question) => verdictOf(byType.get(question.key.type) ?? [], question),
  };
}

function verdictOf(
  rules: readonly CompiledRule[],
  question: RuleQuestion,
): RuleVerdict | undefined {
  const name = askedName(question.key.type, question.name);
  let believed: RuleVerdict | undefined;
  for (const rule of rules) {
    const answer = rule(question, name);
    if (answer === 'quiet') return believed;
    if (answer === 'no') continue;
    believed = worse(believed, answer);
    if (answer.unknown === undefined) return believed;
  }
  return believed;
}

function worse(one: RuleVerdict | undefined, other: RuleVerdict): RuleVerdict {
  if (one === undefined) return other;
  return severityRank(other.severity) > severityRank(one.severity) ? other : one;
}

function hasExpired({ expires }: InventoryRule, now: Date | undefined): boolean {
  return expires !== undefined && now !== undefined && Date.parse(expires) <= now.getTime();
}

function earliest(rules: readonly InventoryRule[]): string | undefined {
  const ends = rules.flatMap(({ expires }) => (expires === undefined ? [] : [Date.parse(expires)]));
  return ends.length === 0 ? undefined : new Date(Math.min(...ends)).toISOString();
}
