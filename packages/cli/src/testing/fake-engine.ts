import type { Finding } from '@riposte/findings';
import {
  type Action,
  type Channel,
  type Condition,
  compileOwnership,
  type Rule,
  type RuleSet,
} from '@riposte/rules';
import type { RuleEngine } from '../rules/rule-engine.ts';

/** A rule of a fake engine: what it matches is a function. */
export interface FakeRule {
  readonly rule: Rule;
  readonly matches: (finding: Finding) => boolean;
}

/** A rule of the pack `sample`; `when` is read by nobody but reports. */
export function fakeRule(
  name: string,
  matches: FakeRule['matches'],
  then: readonly Action[],
  { when = { always: true }, ...changes }: Partial<Rule> & { readonly when?: Condition } = {},
): FakeRule {
  return {
    matches,
    rule: {
      id: `sample/${name}`,
      name,
      order: 100,
      enabled: true,
      terminal: false,
      branches: [{ when, then }],
      ...changes,
    },
  };
}

/** Rules whose conditions are functions. */
export function fakeEngine(
  rules: readonly FakeRule[],
  channels: readonly Channel[] = [],
): RuleEngine {
  const ruleSet: RuleSet = {
    packs: [
      {
        name: 'sample',
        evaluate: 'original',
        file: 'sample.rules.yaml',
        rules: rules.map(({ rule }) => rule),
      },
    ],
    channels,
    inhibitions: [],
    timeIntervals: [],
    ownership: [],
    version: 'f'.repeat(64),
  };
  return {
    ruleSet,
    ownersOf: compileOwnership({ ownership: [] }),
    evaluate: (finding) =>
      rules
        .filter(({ rule, matches }) => rule.enabled && matches(finding))
        .map(({ rule }) => ({ rule, branch: rule.branches[0], branchIndex: 0 })),
  };
}
