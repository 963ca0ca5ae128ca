import type { Finding } from '@riposte/findings';
import { compareText } from '../compare-text.ts';
import type { RulePack } from '../model/rule.ts';
import { Program } from './program.ts';
import type { EvaluationMoment, RuleMatch } from './rule-match.ts';
import type { Format } from './source.ts';

/** Rules, ready to be evaluated. */
export interface CompiledRules {
  /**
   * The rules that match a finding, in the order in which they apply. Pure, and never throws, whatever the finding holds.
   *
   * @example
   * for (const { rule, branch } of compiled.evaluate(finding, { now: new Date(), context })) …
   */
  evaluate(finding: Finding, moment: EvaluationMoment): readonly RuleMatch[];
}

/**
 * Compiles packs of rules. All packs together are one list: the lowest order first, then by file name, then by place in the file; a
 * terminal rule that matches ends it, whichever pack it is in.
 *
 * @throws InvalidRuleError where a rule names a field, time, expression or block of addresses that does not exist.
 * @see docs/rule-evaluation.md
 * @example
 * const compiled = compileRules(ruleSet.packs);
 */
export function compileRules(packs: readonly RulePack[]): CompiledRules {
  const placed = packs
    .toSorted((one, other) => compareText(one.file, other.file))
    .flatMap(({ rules, evaluate: basis }) => rules.map((rule) => ({ rule, basis })))
    .filter(({ rule }) => rule.enabled)
    .toSorted((one, other) => one.rule.order - other.rule.order);
  const programs: Readonly<Record<Format, Program>> = {
    asff: new Program('asff', placed),
    ocsf: new Program('ocsf', placed),
    guardduty: new Program('guardduty', placed),
  };
  return { evaluate: (finding, moment) => programs[finding.format].evaluate(finding, moment) };
}
