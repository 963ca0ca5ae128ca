import type { Command } from 'commander';
import { addCheckCommand } from './check-command.ts';
import { addExportCommand } from './export-command.ts';
import { addImportCommand } from './import-command.ts';
import type { RulesDependencies } from './ports.ts';
import { addPreviewCommand } from './preview-command.ts';
import { addRouteCommand } from './route-command.ts';
import { addTestCommand } from './test-command.ts';

/** Adds `riposte rules`. */
export function addRulesCommand(program: Command, dependencies: RulesDependencies): void {
  const rules = program
    .command('rules')
    .description('routing rules: check, test, preview, import and export them');
  addCheckCommand(rules, dependencies);
  addTestCommand(rules, dependencies);
  addPreviewCommand(rules, dependencies);
  addRouteCommand(rules, dependencies);
  addImportCommand(rules, dependencies);
  addExportCommand(rules, dependencies);
}
