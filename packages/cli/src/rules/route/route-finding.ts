import type { Finding } from '@riposte/findings';
import { type RouteTrace, routeTrace } from '@riposte/notifications';
import { type Action, applyUpdate, fieldsNotTaken, mergedUpdate } from '@riposte/rules';
import { changesOf, type FieldDifference } from '../preview/changes-of.ts';
import type { FindingSummary } from '../preview/preview-report.ts';
import { summaryOf } from '../preview/tally.ts';
import type { RuleEngine } from '../rule-engine.ts';
import { type NearMiss, nearMisses } from './near-misses.ts';

/** The path of one finding through rules and channels. */
export interface FindingPath {
  readonly finding: FindingSummary;
  /** In the order in which they apply. */
  readonly matches: readonly {
    readonly rule: string;
    readonly order: number;
    readonly terminal: boolean;
    /** 0 is the first `if`. */
    readonly branch: number;
    readonly actions: readonly Action[];
  }[];
  readonly nearMisses: readonly NearMiss[];
  readonly changes: readonly FieldDifference[];
  /** Fields that the rules set and the finding's format cannot take. */
  readonly notPossible: readonly string[];
  readonly trace: RouteTrace;
}

/** Follows a finding that arrives now, as the service would find it with nothing before it. */
export function routeFinding(engine: RuleEngine, finding: Finding, now: Date): FindingPath {
  const context = engine.contextOf(finding);
  const matches = engine.evaluate(finding, { now, context });
  const update = mergedUpdate(matches);
  const after = Object.keys(update).length > 0 ? applyUpdate(finding, update, now) : finding;
  const notices = matches.flatMap(({ rule, branch }) =>
    branch.then.flatMap((action) =>
      'notify' in action ? [{ rule: rule.id, notify: action.notify }] : [],
    ),
  );
  return {
    finding: summaryOf(finding),
    matches: matches.map(({ rule, branch, branchIndex }) => ({
      rule: rule.id,
      order: rule.order,
      terminal: rule.terminal,
      branch: branchIndex,
      actions: branch.then,
    })),
    nearMisses: nearMisses(engine.ruleSet, finding, { now, context, matches }),
    changes: changesOf(update, finding, after),
    notPossible: fieldsNotTaken(update, finding.format),
    trace: routeTrace({ finding: after, notices, ruleSet: engine.ruleSet, at: now, context }),
  };
}
