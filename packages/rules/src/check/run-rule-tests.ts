import { type Finding, FindingError, parseFinding } from '@riposte/findings';
import { type CompiledRules, compileRules } from '../evaluate/compile-rules.ts';
import type { RuleTest } from '../folder/read-tests.ts';
import type { RulePack } from '../model/rule.ts';
import type { RuleSet } from '../model/rule-set.ts';
import { differences } from './differences.ts';
import { unknownNames } from './unknown-names.ts';

/** What became of one case. */
export interface RuleTestResult {
  readonly test: RuleTest;
  readonly passed: boolean;
  /** Where it failed: file, line and name, then what was expected and what came, a line each. */
  readonly message?: string;
}

/**
 * Runs the cases that lie beside rules. A case without `now` is evaluated as if it were the moment when its finding was last updated, so that it
 * gives the same on every day.
 *
 * @example
 * const failed = runRuleTests(ruleSet, tests).filter(({ passed }) => !passed);
 */
export function runRuleTests(
  ruleSet: RuleSet,
  tests: readonly RuleTest[],
): readonly RuleTestResult[] {
  const compiled = new Map<string, CompiledRules>();
  const compiledFor = (test: RuleTest) => {
    const key = JSON.stringify([test.packs, test.enable]);
    const known = compiled.get(key) ?? compileRules(scopeOf(ruleSet.packs, test));
    compiled.set(key, known);
    return known;
  };
  return tests.map((test) => {
    const wrong = unknownNames(ruleSet, test);
    const lines = wrong.length > 0 ? wrong : evaluated(test, compiledFor(test));
    if (lines.length === 0) return { test, passed: true };
    const heading = `${test.file}:${test.line} ${test.name}`;
    return { test, passed: false, message: [heading, ...lines.map(indented)].join('\n') };
  });
}

function evaluated(test: RuleTest, rules: CompiledRules): readonly string[] {
  const read = findingOf(test.finding);
  if (typeof read === 'string') return [read];
  const now = new Date(test.now ?? read.updatedAt ?? read.createdAt ?? '2026-01-01T00:00:00Z');
  return differences(test.expect, rules.evaluate(read, { now, context: test.context }));
}

function findingOf(document: unknown): Finding | string {
  try {
    return parseFinding(document);
  } catch (error) {
    if (error instanceof FindingError) return `finding: cannot be read: ${error.message}`;
    throw error;
  }
}

/** The packs that a case names, with the rules enabled that it enables. */
function scopeOf(
  packs: readonly RulePack[],
  { packs: names, enable = [] }: RuleTest,
): readonly RulePack[] {
  const scope = packs.filter(({ name }) => names?.includes(name) ?? true);
  return scope.map((pack) => ({
    ...pack,
    rules: pack.rules.map((rule) => ({
      ...rule,
      enabled: rule.enabled || enable.includes(rule.id) || enable.includes(`${pack.name}/*`),
    })),
  }));
}

function indented(line: string): string {
  return `  ${line}`;
}
