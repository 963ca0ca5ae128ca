import type { Finding } from '@riposte/findings';
import {
  arrivalsOf,
  type RouteTrace,
  routeTrace,
  type TraceRequest,
  type WantedNotice,
} from '@riposte/notifications';
import {
  type Action,
  fieldsNotTaken,
  type HistoryReading,
  historyKey,
  type RuleMatch,
} from '@riposte/rules';
import { outcomeOf } from '../outcome/outcome-of.ts';
import { changesOf, type FieldDifference } from '../preview/changes-of.ts';
import type { FindingSummary } from '../preview/preview-report.ts';
import { summaryOf } from '../preview/tally.ts';
import type { RuleEngine } from '../rule-engine.ts';
import { type NearMiss, nearMisses } from './near-misses.ts';
import { type RouterMemory, stateAround } from './router-memory.ts';

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
  /** What `enrich` asks for and was not read here, in words. */
  readonly unasked: readonly string[];
  /** 0 to 100, where a rule asks for it. */
  readonly riskScore?: number;
  readonly trace: RouteTrace;
}

/**
 * Follows a finding that arrives now: through what a deployment remembers, else as the service would find it with nothing before it.
 */
export async function routeFinding(
  engine: RuleEngine,
  finding: Finding,
  now: Date,
  memory?: RouterMemory,
): Promise<FindingPath> {
  const { ruleSet } = engine;
  const history = memory && (await historyOf(finding, memory));
  const outcome = outcomeOf(engine, finding, { now, ...(history && { history }) });
  const { matches, context, update, after, riskScore, unasked } = outcome;
  const scored = riskScore === undefined ? {} : { riskScore };
  const request: TraceRequest = {
    finding: after,
    notices: matches.flatMap(noticesOf),
    ruleSet,
    at: now,
    context,
    ...scored,
  };
  const state = memory && (await stateAround(arrivalsOf(request), memory, ruleSet.inhibitions));
  return {
    finding: summaryOf(finding),
    matches: matches.map(({ rule, branch, branchIndex }) => ({
      rule: rule.id,
      order: rule.order,
      terminal: rule.terminal,
      branch: branchIndex,
      actions: branch.then,
    })),
    nearMisses: nearMisses(ruleSet, finding, { now, context, matches }),
    changes: changesOf(update, finding, after),
    notPossible: fieldsNotTaken(update, finding.format),
    unasked,
    ...scored,
    trace: routeTrace({ ...request, ...(state && { state }) }),
  };
}

function noticesOf({ rule, branch }: RuleMatch): readonly WantedNotice[] {
  return branch.then.flatMap((action) =>
    'notify' in action ? [{ rule: rule.id, notify: action.notify }] : [],
  );
}

async function historyOf(finding: Finding, memory: RouterMemory): Promise<HistoryReading> {
  const { resource, control } = historyKey(finding);
  return { entry: await memory.history(resource, control) };
}
