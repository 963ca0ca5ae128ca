import type { Finding } from '@riposte/findings';
import type { Condition } from '../../model/condition.ts';
import type { EvaluationBasis } from '../../model/rule.ts';
import type { ResourceContext } from '../../model/rule-set.ts';
import { compileRules } from '../compile-rules.ts';
import { branchOf, packOf, ruleOf } from './rules.ts';

/** When cases are evaluated. */
export const now = new Date('2026-11-25T09:00:00Z');

const api = 'https://docs.aws.amazon.com/securityhub/1.0/APIReference';

/** Where an expectation comes from. */
export const source = {
  string: `${api}/API_StringFilter.html`,
  map: `${api}/API_MapFilter.html`,
  number: `${api}/API_NumberFilter.html`,
  date: `${api}/API_DateFilter.html`,
  dateRange: `${api}/API_DateRange.html`,
  boolean: `${api}/API_BooleanFilter.html`,
  ip: `${api}/API_IpFilter.html`,
  composite: `${api}/API_CompositeFilter.html`,
  criteria: `${api}/API_AutomationRulesFindingFilters.html`,
  ocsfString: `${api}/API_OcsfStringFilter.html`,
  severity: `${api}/API_SeverityUpdate.html`,
  rule: `${api}/API_AutomationRulesConfig.html`,
  ruleV2:
    'https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-automation-rules.html',
  ocsf: 'https://schema.ocsf.io/categories/findings',
  riposte: 'docs/rule-evaluation.md',
  ours: 'undocumented: our choice, docs/rule-evaluation.md',
} as const;

export interface Case {
  readonly title: string;
  /** Where the expectation comes from. */
  readonly source: string;
  readonly when: Condition;
  readonly finding: Finding;
  readonly matches: boolean;
  readonly basis?: EvaluationBasis;
  readonly context?: ResourceContext;
}

/** Cases as `it.each` takes them. */
export function titled(cases: readonly Case[]): readonly (readonly [string, Case])[] {
  return cases.map((one) => {
    const verb = one.matches ? 'matches' : 'does not match';
    return [`${one.title} ${verb} (${one.source})`, one];
  });
}

export function isMatch({ when, finding, basis = 'original', context }: Case): boolean {
  const rule = ruleOf('rule', { branches: [branchOf(when)] });
  const compiled = compileRules([packOf([rule], { evaluate: basis })]);
  return compiled.evaluate(finding, { now, context }).length > 0;
}
