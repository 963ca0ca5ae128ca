import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidOptionError } from '../errors.ts';

/**
 * The whole path of a file that an option names.
 *
 * @throws InvalidOptionError naming the option where there is no such file.
 */
export function inputFile(named: string, option: string, cwd: string): string {
  const file = resolve(cwd, named);
  if (existsSync(file)) return file;
  throw new InvalidOptionError(option, `there is no file ${file}`, 'name a file that is there');
}
