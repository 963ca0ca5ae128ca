import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type ImportedPack, importV1Rules, importV2Rules, problemText } from '@riposte/rules';
import type { Command } from 'commander';
import { type DeploymentOptions, withDeploymentOptions } from '../deployment-options.ts';
import { InvalidOptionError, NotFoundError, RefusedError } from '../errors.ts';
import { counted } from '../format/numbers.ts';
import { type ForeignRules, rulesInDocument } from './exchange/rules-in-document.ts';
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
      const pack = importedPack(await foreignRules(options, dependencies), options);
      for (const line of [...pack.notes, ...pack.problems.map(problemText)]) terminal.note(line);
      if (options.out === undefined) return terminal.print(pack.text.trimEnd());
      await writeNew(resolve(cwd, options.out), pack.text);
      terminal.print(`${counted(pack.rules, 'rule')} in ${options.out}`);
    });
}

async function foreignRules(
  { from, v1, v2, ...options }: ImportOptions,
  { cwd, terminal, openSecurityHub }: RulesDependencies,
): Promise<ForeignRules> {
  if (v1 && v2)
    throw new InvalidOptionError(
      '--v2',
      'a file holds the rules of one service',
      'give --v1 or --v2',
    );
  const wanted = ({ v1: first, v2: second }: ForeignRules) => ({
    v1: v2 ? [] : first,
    v2: v1 ? [] : second,
  });
  if (from !== undefined)
    return wanted(rulesInDocument(await readFile(inputFile(from, '--from', cwd), 'utf8')));
  const hub = await openSecurityHub(options);
  const none = { rules: [], gaps: [] };
  const [first, second] = [v2 ? none : await hub.rulesV1(), v1 ? none : await hub.rulesV2()];
  for (const gap of [...first.gaps, ...second.gaps]) terminal.note(gap);
  return { v1: first.rules, v2: second.rules };
}

function importedPack({ v1, v2 }: ForeignRules, { pack }: ImportOptions): ImportedPack {
  const named = pack === undefined ? {} : { pack };
  if (v1.length > 0 && v2.length > 0)
    throw new InvalidOptionError(
      '--v1',
      `there are ${counted(v1.length, 'rule')} of Security Hub CSPM and ${v2.length} of Security Hub, and a file holds those of one`,
      'give --v1, then --v2, each with a file of its own',
    );
  if (v1.length > 0) return importV1Rules(v1, named);
  if (v2.length > 0) return importV2Rules(v2, named);
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
