import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installMinistack } from './install-ministack.ts';

/** Where the emulator is: running already, or a Python that has it. */
export type FoundEmulator =
  | { readonly kind: 'given'; readonly endpoint: string }
  | { readonly kind: 'python'; readonly python: string };

/**
 * Finds the emulator: the endpoint given by `AWS_ENDPOINT_URL`, else the `ministack` on `PATH`, else a pinned version in a
 * virtual environment of our own, which is made on first use.
 *
 * @throws MissingPrerequisiteError when it has to be installed, and Python or its `venv` and `pip` are not there.
 */
export async function findEmulator(
  env: Readonly<Record<string, string | undefined>>,
  onProgress: (line: string) => void,
): Promise<FoundEmulator> {
  if (env.AWS_ENDPOINT_URL) {
    onProgress(`using the emulator at ${env.AWS_ENDPOINT_URL}`);
    return { kind: 'given', endpoint: env.AWS_ENDPOINT_URL.replace(/\/+$/, '') };
  }
  const command = onPath('ministack', env.PATH);
  const python = command && pythonOf(readFileSync(command, 'latin1').slice(0, 1024));
  if (python && existsSync(python)) return { kind: 'python', python };
  return { kind: 'python', python: await installMinistack(env, onProgress) };
}

/** The first executable of that name in the folders of `path`. */
export function onPath(name: string, path = ''): string | undefined {
  return path
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/**
 * The Python that a console script runs on: the emulator is started as a module of it, because its own command cannot listen
 * on one port and name another. `undefined` where the script is something else, e.g. a shim.
 */
export function pythonOf(script: string): string | undefined {
  const direct = /^#!\s*(\/\S*python[\d.]*)\s*\n/.exec(script);
  // Paths too long for a first line: installers write a shell script that starts Python with itself.
  const wrapped = /^#!\/bin\/sh\n'''exec' "?(\/[^"\n]*?python[\d.]*)"? /.exec(script);
  return direct?.[1] ?? wrapped?.[1];
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
