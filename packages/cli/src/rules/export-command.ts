import { escapeText } from '@riposte/findings';
import { exportRules, type RulePack } from '@riposte/rules';
import { type Command, Option } from 'commander';
import { InvalidOptionError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonDocument } from '../format/json.ts';
import type { RulesDependencies } from './ports.ts';
import { readRuleSet } from './rule-folder.ts';

interface ExportOptions {
  readonly format: 'v1' | 'v2';
  readonly pack?: string;
}

/** Adds `riposte rules export`. */
export function addExportCommand(rules: Command, dependencies: RulesDependencies): void {
  const { terminal, cwd, exitWith } = dependencies;
  rules
    .command('export [dir]')
    .description(
      "writes packs as Security Hub's automation rules: a list of inputs of the API; status 1 if something cannot be said there",
    )
    .addOption(
      new Option('--format <format>', 'v1: Security Hub CSPM (ASFF); v2: Security Hub (OCSF)')
        .choices(['v1', 'v2'])
        .makeOptionMandatory(),
    )
    .option('--pack <name>', 'this pack alone')
    .addHelpText(
      'after',
      `
Example:
  $ riposte rules export ./rules --format v1 --pack noise > noise.json
  $ aws securityhub create-automation-rule --cli-input-json "$(jq '.[0]' noise.json)"`,
    )
    .action(async (named: string | undefined, { format, pack }: ExportOptions) => {
      const { ruleSet } = await readRuleSet(named, cwd);
      const exported = packsNamed(ruleSet.packs, pack).map((one) => exportRules(one, format));
      const written = exported.flatMap(({ rules: each }) => each);
      terminal.print(jsonDocument(written.map(({ input }) => input)));
      const missing = [
        ...exported.flatMap(({ left }) =>
          left.map(({ rule, reasons }) => `${rule} is not written: ${reasons.join('; ')}`),
        ),
        ...written.flatMap(({ rule, left }) => left.map((what) => `${rule}: ${what}`)),
      ];
      for (const line of missing) terminal.note(escapeText(line, 1000));
      if (missing.length > 0) exitWith(exitCodes.failed);
    });
}

function packsNamed(packs: readonly RulePack[], pack: string | undefined): readonly RulePack[] {
  if (pack === undefined) return packs;
  const found = packs.filter(({ name }) => name === pack);
  if (found.length > 0) return found;
  const names = packs.map(({ name }) => name).join(', ');
  throw new InvalidOptionError('--pack', `there is no pack ${pack}`, `give one of: ${names}`);
}
