import {
  type DocumentPath,
  inReadingOrder,
  type Problem,
  type RuleFile,
} from '@riposte/rules/folder';
import type { InventoryRule, InventoryRuleSet } from '../inventory-rule.ts';
import { sortFiles } from './folder-files.ts';
import { type InventoryRuleTest, readRuleTests } from './read-rule-tests.ts';
import { nameProblems, readRules, toRule, windowsOf } from './read-rules.ts';

/** Makes a problem of a part of a rule's entry. */
export type ProblemInRule = (
  path: DocumentPath,
  message: string,
  more?: { readonly suggestion?: string | undefined; readonly severity?: Problem['severity'] },
) => Problem;

/** A rule, with where it is written. */
export interface PlacedRule {
  readonly rule: InventoryRule;
  readonly problemAt: ProblemInRule;
}

/** What a folder holds. */
export interface LoadedInventoryRules {
  /** Absent where a problem is an error. */
  readonly ruleSet?: InventoryRuleSet;
  readonly placed: readonly PlacedRule[];
  readonly tests: readonly InventoryRuleTest[];
  readonly problems: readonly Problem[];
}

/**
 * Reads a folder of rules: `*.rules.yaml`, in the order of their names, and `*.tests.yaml`. Whatever is wrong is a problem with file, line,
 * column and path; nothing is thrown.
 *
 * @param files paths relative to the folder, with `/`
 * @example
 * const { ruleSet, problems } = loadInventoryRules([{ path: 'a.rules.yaml', text }]);
 * if (!ruleSet) throw new Error(problems.map(problemText).join('\n'));
 */
export function loadInventoryRules(files: readonly RuleFile[]): LoadedInventoryRules {
  const sorted = sortFiles(files);
  const results = sorted.rules.map(readRules);
  const read = results.flatMap((result) => (result.read ? [result.read] : []));
  const tests = sorted.tests.map(readRuleTests);
  const windows = windowsOf(read);
  // Where a file could not be read, windows that it may hold are not doubted.
  const isComplete = read.length === results.length && sorted.problems.length === 0;
  const problems = inReadingOrder([
    ...sorted.problems,
    ...[...results, ...tests].flatMap((part) => part.problems),
    ...(isComplete ? nameProblems(read, windows) : []),
  ]);
  const placed = read.flatMap(({ yaml, file }) =>
    file.rules.map((entry, index) => ({
      rule: toRule(entry, windows),
      problemAt: (...[path, message, more]: Parameters<ProblemInRule>) =>
        yaml.problemAt(['rules', index, ...path], message, more),
    })),
  );
  const isGood = problems.every(({ severity }) => severity === 'warning');
  return {
    ...(isGood && { ruleSet: { rules: placed.map(({ rule }) => rule) } }),
    placed,
    tests: tests.flatMap((part) => part.tests),
    problems,
  };
}
