import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  givenRules,
  type ImportedPack,
  importV1Rules,
  importV2Rules,
  problemText,
  type RuleService,
} from '@riposte/rules';
import type { Command } from 'commander';
import { type DeploymentOptions, withDeploymentOptions } from '../deployment-options.ts';
import { InvalidOptionError, NotFoundError, RefusedError } from '../errors.ts';
import { counted } from '../format/numbers.ts';
import { documentOfRules } from './document-of-rules.ts';
import { inputFile } from './input-file.ts';
import type { RulesDependencies } from './ports.ts';

interface ImportOptions extends DeploymentOptions {
  readonly v1?: true;
  readonly v2?: true;
  readonly from?: string;
  readonly out?: string;
  readonly pack?: string;
}

/** Adds `riposte rules import`. */
export function addImportCommand(rules: Command, dependencies: RulesDependencies): void {
  const { terminal, cwd } = dependencies;
  withDeploymentOptions(
    rules
      .command('import')
      .description("makes a rule file of Security Hub's automation rules; changes nothing there"),
  )
    .option('--v1', 'rules of Security Hub CSPM (ASFF)')
    .option('--v2', 'rules of Security Hub (OCSF)')
    .option(
      '--from <file>',
      'answers of the API or a CloudFormation template; the account and Region when absent',
    )
    .option('--out <file>', 'a new file; prints when absent')
    .option('--pack <name>', 'name of the pack')
    .addHelpText(
      'after',
      '\nExample:\n  $ riposte rules import --v1 --out rules/imported.rules.yaml --region eu-west-1',
    )
    .action(async (options: ImportOptions) => {
      if (options.v1 && options.v2)
        throw new InvalidOptionError(
          '--v2',
          'a file holds the rules of one service',
          'give --v1 or --v2',
        );
      const pack = importedPack(await foreignRules(options, dependencies), options);
      for (const line of [...pack.notes, ...pack.problems.map(problemText)]) terminal.note(line);
      if (options.out === undefined) return terminal.print(pack.text.trimEnd());
      await writeNew(resolve(cwd, options.out), pack.text);
      terminal.print(`${counted(pack.rules, 'rule')} in ${options.out}`);
    });
}

/** What Security Hub, or a file, gives: rules of one service or of both. */
async function foreignRules(
  { from, v1, v2, ...options }: ImportOptions,
  { cwd, terminal, openSecurityHub }: RulesDependencies,
): Promise<unknown> {
  if (from !== undefined)
    return documentOfRules(await readFile(inputFile(from, '--from', cwd), 'utf8'));
  const hub = await openSecurityHub(options);
  const none = { rules: [], gaps: [] };
  const [first, second] = [v2 ? none : await hub.rulesV1(), v1 ? none : await hub.rulesV2()];
  for (const gap of [...first.gaps, ...second.gaps]) terminal.note(gap);
  return [...first.rules, ...second.rules];
}

function importedPack(foreign: unknown, { pack, v1, v2 }: ImportOptions): ImportedPack {
  const named = pack === undefined ? {} : { pack };
  const given = givenRules(foreign);
  const rulesOf = (wanted: RuleService) => given.filter(({ service }) => service === wanted).length;
  const [first, second] = [v2 ? 0 : rulesOf('v1'), v1 ? 0 : rulesOf('v2')];
  if (first > 0 && second > 0)
    throw new InvalidOptionError(
      '--v1',
      `there are ${counted(first, 'rule')} of Security Hub CSPM and ${second} of Security Hub, and a file holds those of one`,
      'give --v1, then --v2, each with a file of its own',
    );
  if (first > 0) return importV1Rules(foreign, named);
  if (second > 0) return importV2Rules(foreign, named);
  throw new NotFoundError(
    'there is no automation rule',
    'choose another --region or --profile, or give --from FILE',
  );
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (cause) {
    const exists = Object(cause).code === 'EEXIST';
    if (!exists) throw cause;
    throw new RefusedError(`${file} is there already`, 'name another --out, or move it away', {
      cause,
    });
  }
}
