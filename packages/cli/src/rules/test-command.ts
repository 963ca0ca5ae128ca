import { type RuleTestResult, runRuleTests } from '@riposte/rules';
import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { jsonDocument } from '../format/json.ts';
import { counted } from '../format/numbers.ts';
import type { RulesDependencies } from './ports.ts';
import { readRuleSet } from './rule-folder.ts';

/** Adds `riposte rules test`. */
export function addTestCommand(rules: Command, dependencies: RulesDependencies): void {
  const { terminal, cwd, exitWith } = dependencies;
  rules
    .command('test [dir]')
    .description('runs the cases beside the rules (*.tests.yaml); status 1 if one fails')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ riposte rules test ./rules')
    .action(async (named: string | undefined, { json }: { readonly json?: true }) => {
      const { ruleSet, folder, tests } = await readRuleSet(named, cwd);
      const results = runRuleTests(ruleSet, tests);
      const failed = results.filter(({ passed }) => !passed).length;
      terminal.print(
        json ? jsonDocument(testsDocument(folder, results)) : testsText(folder, results),
      );
      if (failed > 0) exitWith(exitCodes.failed);
    });
}

function testsDocument(folder: string, results: readonly RuleTestResult[]): object {
  const failed = results.filter(({ passed }) => !passed).length;
  return {
    schemaVersion: 1,
    folder,
    ok: failed === 0,
    passed: results.length - failed,
    failed,
    cases: results.map(({ test, passed, message }) => ({
      file: test.file,
      line: test.line,
      name: test.name,
      passed,
      ...(message !== undefined && { message }),
    })),
  };
}

function testsText(folder: string, results: readonly RuleTestResult[]): string {
  if (results.length === 0) return `${folder} has no cases: write some in a *.tests.yaml`;
  const messages = results.flatMap(({ message }) => (message === undefined ? [] : [message]));
  const passed = results.length - messages.length;
  const summary = `${counted(passed, 'case')} passed, ${messages.length} failed`;
  return [...messages, summary].join('\n\n');
}
