import type { Branch, Rule } from '../model/rule.ts';
import type { ResourceContext } from '../model/rule-set.ts';

/** A rule that matches a finding, and which of its branches acts. */
export interface RuleMatch {
  readonly rule: Rule;
  readonly branch: Branch;
  readonly branchIndex: number;
}

/** When a finding is evaluated, and what else is known of its resources. */
export interface EvaluationMoment {
  readonly now: Date;
  /** Without it, whatever rules ask of owners is unknown. */
  readonly context?: ResourceContext | undefined;
}
