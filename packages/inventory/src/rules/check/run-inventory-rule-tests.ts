import type { InventoryRules, RuleQuestion, RuleVerdict } from '../../model/rule-verdict.ts';
import { compileInventoryRules } from '../compile-inventory-rules.ts';
import type { ExpectedVerdict, InventoryRuleTest } from '../folder/read-rule-tests.ts';
import type { InventoryRuleSet } from '../inventory-rule.ts';

/** What became of one case. */
export interface InventoryRuleTestResult {
  readonly test: InventoryRuleTest;
  readonly passed: boolean;
  /** Where it failed: file, line and name, then each item with what was expected and what came. */
  readonly message?: string;
}

/**
 * Runs the cases that lie beside rules.
 *
 * @example
 * const failed = runInventoryRuleTests(ruleSet, tests).filter(({ passed }) => !passed);
 */
export function runInventoryRuleTests(
  ruleSet: InventoryRuleSet,
  tests: readonly InventoryRuleTest[],
): readonly InventoryRuleTestResult[] {
  const compiled = new Map<string, InventoryRules>();
  const compiledFor = (now: string) => {
    const rules = compiled.get(now) ?? compileInventoryRules(ruleSet, { now: new Date(now) });
    compiled.set(now, rules);
    return rules;
  };
  return tests.map((test) => {
    const rules = compiledFor(test.now);
    const lines = test.questions.flatMap((question) => difference(test.expect, question, rules));
    if (lines.length === 0) return { test, passed: true };
    const heading = `${test.file}:${test.line} ${test.name}`;
    return { test, passed: false, message: [heading, ...lines].join('\n  ') };
  });
}

function difference(
  expected: ExpectedVerdict | undefined,
  question: RuleQuestion,
  rules: InventoryRules,
): readonly string[] {
  const wanted = said(expected);
  const came = said(asExpected(rules.ask(question)));
  return wanted === came
    ? []
    : [`${JSON.stringify(question.name)}: expected ${wanted}, not ${came}`];
}

function asExpected(verdict: RuleVerdict | undefined): ExpectedVerdict | undefined {
  if (!verdict) return undefined;
  const { unknown, ...rest } = verdict;
  return { ...rest, unknown: unknown !== undefined };
}

function said(verdict: ExpectedVerdict | undefined): string {
  if (!verdict) return 'nothing';
  const { rule, severity, window, unknown } = verdict;
  return [
    `${rule} (${severity.toUpperCase()})`,
    ...(window === undefined ? [] : [`in the window ${window}`]),
    ...(unknown ? ['with tags unknown'] : []),
  ].join(' ');
}
