import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import {
  type LoadedRules,
  loadRuleFolder,
  problemText,
  type RuleFile,
  type RuleSet,
} from '@riposte/rules';
import { CliError, InvalidOptionError } from '../errors.ts';
import { counted } from '../format/numbers.ts';

/** Where the rules that ship with the service are, in a checkout. */
const shipped = join('services', 'finding-router', 'rules');

/** The rules of a folder cannot be used as they are. */
export class RuleFolderError extends CliError {
  override readonly name = 'RuleFolderError';
}

/** A folder of rules, read. */
export interface ReadFolder extends LoadedRules {
  readonly files: readonly RuleFile[];
  /** As it is shown: relative to where the command runs, if that is shorter. */
  readonly folder: string;
}

/**
 * The folder of rules that is meant: the one that was named, else that of the checkout around `cwd`.
 *
 * @throws InvalidOptionError where there is neither.
 */
function findRuleFolder(named: string | undefined, cwd: string): string {
  if (named !== undefined) {
    const folder = resolve(cwd, named);
    if (existsSync(folder)) return folder;
    throw new InvalidOptionError('DIR', `there is no folder ${folder}`, 'name a folder of rules');
  }
  for (let at = resolve(cwd); ; at = dirname(at)) {
    if (existsSync(join(at, shipped))) return join(at, shipped);
    if (dirname(at) === at) break;
  }
  throw new InvalidOptionError(
    'DIR',
    `${cwd} is in no checkout of Riposte`,
    'name the folder of rules, e.g. riposte rules check ./rules',
  );
}

/** Reads a folder of rules, whatever is wrong in it. */
export async function readRuleFolder(named: string | undefined, cwd: string): Promise<ReadFolder> {
  const folder = findRuleFolder(named, cwd);
  const nearer = relative(cwd, folder) || '.';
  const files = await ruleFiles(folder);
  return {
    ...loadRuleFolder(files),
    files,
    folder: nearer.startsWith('..') ? folder : nearer,
  };
}

/**
 * Reads a folder of rules for using them.
 *
 * @throws RuleFolderError with everything that is wrong, by line.
 */
export async function readRuleSet(
  named: string | undefined,
  cwd: string,
): Promise<ReadFolder & { readonly ruleSet: RuleSet }> {
  const read = await readRuleFolder(named, cwd);
  const { ruleSet, folder, problems } = read;
  if (ruleSet) return { ...read, ruleSet };
  const errors = problems.filter(({ severity }) => severity === 'error');
  throw new RuleFolderError(
    [
      `${counted(errors.length, 'error')} in ${folder}`,
      ...errors.slice(0, 10).map(problemText),
    ].join('\n  '),
    'correct them; riposte rules check names them all',
  );
}

async function ruleFiles(folder: string): Promise<readonly RuleFile[]> {
  const paths = await readdir(folder, { recursive: true });
  return Promise.all(
    paths
      .filter((path) => /\.(ya?ml|json)$/.test(path))
      .map(async (path) => ({
        path: path.split(sep).join('/'),
        text: await readFile(join(folder, path), 'utf8'),
      })),
  );
}
