import { checkRuleSet, type Problem, problemText } from '@riposte/rules';
import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { jsonDocument } from '../format/json.ts';
import { counted } from '../format/numbers.ts';
import type { RulesDependencies } from './ports.ts';
import { type ReadFolder, readRuleFolder } from './rule-folder.ts';

/** Adds `riposte rules check`. */
export function addCheckCommand(rules: Command, dependencies: RulesDependencies): void {
  const { terminal, cwd, exitWith } = dependencies;
  rules
    .command('check [dir]')
    .description('what is wrong or doubtful in a folder of rules; status 1 if something is wrong')
    .option('--strict', 'status 1 for warnings too')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ riposte rules check ./rules --strict')
    .action(
      async (
        named: string | undefined,
        { strict, json }: { readonly strict?: true; readonly json?: true },
      ) => {
        const read = await readRuleFolder(named, cwd);
        const { folder, ruleSet } = read;
        const problems = problemsOf(read);
        const isGood = problems.every(({ severity }) => severity === 'warning' && !strict);
        const rules = ruleSet?.packs.flatMap((pack) => pack.rules).length ?? 0;
        terminal.print(
          json
            ? jsonDocument({ schemaVersion: 1, folder, ok: isGood, rules, problems })
            : checkText(folder, rules, problems),
        );
        if (!isGood) exitWith(exitCodes.failed);
      },
    );
}

/** What is wrong in the files; where nothing is, what is doubtful about what the rules do together. */
function problemsOf({ problems, ruleSet, files }: ReadFolder): readonly Problem[] {
  return ruleSet ? [...problems, ...checkRuleSet(ruleSet, { now: new Date(), files })] : problems;
}

function checkText(folder: string, rules: number, problems: readonly Problem[]): string {
  const of = (severity: Problem['severity']) =>
    problems.filter((problem) => problem.severity === severity).length;
  const found = [counted(of('error'), 'error'), counted(of('warning'), 'warning')].join(', ');
  const summary =
    problems.length === 0 ? `${folder}: ${counted(rules, 'rule')}, nothing to complain of` : found;
  return [...problems.map(problemText), summary].join('\n');
}
