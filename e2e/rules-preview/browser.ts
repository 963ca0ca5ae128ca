import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * Path of the browser that the tests of a page use: the file that `CHROMIUM` names, else Chromium or Chrome of `PATH`; `undefined` where this
 * machine has neither.
 * @throws Error when `CHROMIUM` names what cannot be executed: who names a browser wants those tests to run
 */
export function browserOfMachine(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const { CHROMIUM: named, PATH: path = '' } = env;
  if (named) {
    if (!isExecutable(named)) throw new Error(`CHROMIUM names ${named}, which cannot be executed`);
    return named;
  }
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
