import type { Finding } from '@riposte/findings';
import type { EvaluationMoment, Owners, RuleMatch, RuleSet } from '@riposte/rules';

/** Rules that can be asked, as the service asks them. */
export interface RuleEngine {
  readonly ruleSet: RuleSet;
  /** Rules that match, in the order in which they apply. */
  evaluate(finding: Finding, at: EvaluationMoment): readonly RuleMatch[];
  /** What is known of the finding's resources without asking anybody: its tags, and the ownership file. */
  ownersOf(finding: Finding): Owners;
}
