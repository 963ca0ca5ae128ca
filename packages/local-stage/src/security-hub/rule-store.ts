import type { StoredRule } from './hub-state.ts';
import type { JsonObject } from './types.ts';

/** Automation rules an account has in a Region, V1 and V2 apart. */
export const ruleQuota = 100;

/** Members that only the service sets. */
const fixed = new Set(['RuleArn', 'RuleId', 'CreatedAt', 'UpdatedAt', 'CreatedBy']);

/** Rules in the order in which they apply: lowest RuleOrder first, then the one updated earlier. */
export function inOrder(rules: Iterable<StoredRule>): readonly StoredRule[] {
  return [...rules].sort(
    (left, right) =>
      left.RuleOrder - right.RuleOrder || Date.parse(left.UpdatedAt) - Date.parse(right.UpdatedAt),
  );
}

/** A rule with some of its members changed. */
export function changedRule(rule: StoredRule, change: JsonObject, now: Date): StoredRule {
  const allowed = Object.fromEntries(
    Object.entries(change).filter(([name, value]) => !fixed.has(name) && value !== undefined),
  );
  const RuleOrder = typeof change.RuleOrder === 'number' ? change.RuleOrder : rule.RuleOrder;
  return { ...rule, ...allowed, RuleOrder, UpdatedAt: now.toISOString() };
}

/** Some members of a rule, for lists. */
export function membersOf(rule: StoredRule, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.filter((name) => rule[name] !== undefined).map((name) => [name, rule[name]]),
  );
}
