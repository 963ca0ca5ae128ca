import type { Finding } from '@riposte/findings';
import type { Branch, FindingUpdate, ResourceContext, Rule, RuleSet } from '@riposte/rules';

/** A rule that matched, and the branch of it that acts. */
export interface MatchedRule {
  readonly rule: Rule;
  readonly branch: Branch;
  readonly branchIndex: number;
}

/** Rules that can be asked, as the service asks them. */
export interface RuleEngine {
  readonly ruleSet: RuleSet;
  /** Rules that match, in the order in which they apply. */
  evaluate(
    finding: Finding,
    at: { readonly now: Date; readonly context?: ResourceContext },
  ): readonly MatchedRule[];
  /** What they change together. */
  mergedUpdate(matches: readonly MatchedRule[]): FindingUpdate;
  /** The finding as it stands then. */
  applyUpdate(finding: Finding, update: FindingUpdate, now: Date): Finding;
  /** What is known of the finding's resources without asking anybody: its tags, and the ownership file. */
  contextOf(finding: Finding): ResourceContext;
}
