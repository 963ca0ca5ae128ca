import type { Action } from '../../model/action.ts';
import type { Condition } from '../../model/condition.ts';
import type { Branch, Rule, RulePack } from '../../model/rule.ts';

export function branchOf(when: Condition, actions: readonly Action[] = []): Branch {
  return { when, then: actions };
}

/** A rule of one branch that matches every finding, unless these members say otherwise. */
export function ruleOf(name: string, members: Partial<Rule> = {}): Rule {
  return {
    id: `pack/${name}`,
    name,
    order: 1,
    enabled: true,
    terminal: false,
    branches: [branchOf({ always: true })],
    ...members,
  };
}

export function packOf(rules: readonly Rule[], members: Partial<RulePack> = {}): RulePack {
  return { name: 'pack', evaluate: 'original', file: 'pack.rules.yaml', rules, ...members };
}
