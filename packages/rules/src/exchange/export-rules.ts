import { isDeepStrictEqual } from 'node:util';
import type { Rule, RulePack } from '../model/rule.ts';
import { type ExportedActions, v1ActionsOf, v2ActionsOf } from './exported-actions.ts';
import { v1Criteria, v2Criteria } from './exported-criteria.ts';
import { v1Then, v2Then } from './imported-actions.ts';

/** One rule for CreateAutomationRule or CreateAutomationRuleV2. */
export interface ExportedRule {
  /** `pack/name`. */
  readonly rule: string;
  /** The API's input. */
  readonly input: Readonly<Record<string, unknown>>;
  /** What of the rule it does not do. */
  readonly left: readonly string[];
}

/** A pack as rules of Security Hub. */
export interface ExportedPack {
  readonly rules: readonly ExportedRule[];
  /** Rules that cannot be said there, and why. */
  readonly left: readonly { readonly rule: string; readonly reasons: readonly string[] }[];
}

/**
 * Writes a pack as automation rules of Security Hub CSPM (`v1`) or of Security Hub (`v2`), as inputs of their create operations. Of a condition for
 * both formats, each takes its own part. A rule that would do more there than here is not written; one that would do less is, and `left` says what.
 *
 * @example
 * const { rules, left } = exportRules(pack, 'v1');
 */
export function exportRules(pack: RulePack, service: 'v1' | 'v2'): ExportedPack {
  const exported = pack.rules.map((rule) => exportRule(rule, pack, service));
  return {
    rules: exported.flatMap((one) => ('input' in one ? [one] : [])),
    left: exported.flatMap((one) => ('reasons' in one ? [one] : [])),
  };
}

type Exported = ExportedRule | { readonly rule: string; readonly reasons: readonly string[] };

function exportRule(rule: Rule, { evaluate }: RulePack, service: 'v1' | 'v2'): Exported {
  const { when } = rule.branches[0];
  const criteria = service === 'v1' ? v1Criteria(when, evaluate) : v2Criteria(when, evaluate);
  const { actions, left } = actionsOf(rule, service);
  const reasons = [
    ...(rule.branches.length > 1 ? ['AWS’s rules have no else'] : []),
    ...(rule.expires === undefined ? [] : ['AWS’s rules do not expire']),
    ...(service === 'v1' && !Number.isInteger(rule.order) ? ['its order is no whole number'] : []),
    ...('reason' in criteria ? [criteria.reason] : []),
    ...(actions === undefined ? ['AWS’s rules can do nothing of it', ...left] : []),
  ];
  if (reasons.length > 0 || 'reason' in criteria) return { rule: rule.id, reasons };
  const common = {
    RuleStatus: rule.enabled ? 'ENABLED' : 'DISABLED',
    RuleOrder: rule.order,
    RuleName: rule.origin?.name ?? rule.name,
    Description: rule.origin?.description ?? rule.description ?? rule.name,
  };
  if (service === 'v1') {
    const { criteria: Criteria } = criteria;
    const input = { ...common, IsTerminal: rule.terminal, Criteria, Actions: actions };
    return { rule: rule.id, input, left };
  }
  const Criteria = { OcsfFindingCriteria: criteria.criteria };
  const stops = rule.terminal ? ['later rules are evaluated all the same'] : [];
  return {
    rule: rule.id,
    input: { ...common, Criteria, Actions: actions },
    left: [...left, ...stops],
  };
}

/** What import has kept, as long as the rule still does what it did then. */
function actionsOf({ branches, origin }: Rule, service: 'v1' | 'v2'): ExportedActions {
  const { then } = branches[0];
  if (origin?.service === service && Array.isArray(origin.actions)) {
    const imported = service === 'v1' ? v1Then(origin.actions) : v2Then(origin.actions);
    if (isDeepStrictEqual(imported.then, then)) return { actions: origin.actions, left: [] };
  }
  return service === 'v1' ? v1ActionsOf(then) : v2ActionsOf(then);
}
