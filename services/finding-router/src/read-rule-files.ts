import { readdirSync, readFileSync } from 'node:fs';
import type { RuleFile } from '@riposte/rules';

/**
 * The files of a rule folder and of the folders in it, by path. Those that only help to write rules are left out.
 *
 * @throws where the folder cannot be read.
 */
export function readRuleFiles(folder: string): readonly RuleFile[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(ya?ml|json)$/.test(path) && !path.endsWith('.schema.json'));
  return paths
    .toSorted()
    .map((path) => ({ path, text: readFileSync(`${folder}/${path}`, 'utf8') }));
}
