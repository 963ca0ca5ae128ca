import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { MissingPrerequisiteError } from '../errors.ts';

/** The version that the project is tested with. */
export const ministackVersion = '1.5.33';

type Environment = Readonly<Record<string, string | undefined>>;
/** Runs a command to its end, and answers what it wrote. Rejects when it fails. */
export type Run = (command: string, args: readonly string[]) => Promise<string>;

/**
 * Installs the emulator into a virtual environment of the user's cache folder, once. Made beside and moved into place, so
 * that an interrupted or a second installation at the same time does no harm.
 *
 * @returns The Python that has it.
 * @throws MissingPrerequisiteError naming what is missing.
 */
export async function installMinistack(
  env: Environment,
  onProgress: (line: string) => void,
  run: Run = runWith(env),
): Promise<string> {
  const home = join(cacheFolder(env), `ministack-${ministackVersion}`);
  const python = join(home, 'bin', 'python');
  if (existsSync(python)) return python;
  const system = await systemPython(run);
  const making = `${home}.${process.pid}-${Date.now()}`;
  onProgress(`installing the emulator (MiniStack ${ministackVersion}) into ${home} …`);
  await mkdir(dirname(home), { recursive: true });
  try {
    await step(run(system, ['-m', 'venv', making]), {
      missing: "Python's venv module",
      remedy: 'install it, e.g. `apt install python3-venv`',
    });
    await step(run(join(making, 'bin', 'python'), pipArguments), {
      missing: `the Python package ministack ${ministackVersion}`,
      remedy: 'pip could not install it; give a running emulator as AWS_ENDPOINT_URL otherwise',
    });
    await rename(making, home).catch((error: unknown) => {
      // Somebody else was faster: theirs is as good.
      if (!existsSync(python)) throw error;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return python;
}

const pipArguments = [
  ...['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check'],
  `ministack==${ministackVersion}`,
];

/** Where this user's programs keep what they can make again. */
export function cacheFolder(env: Environment, platform: string = process.platform): string {
  const home = env.HOME ?? homedir();
  const usual = platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
  return join(env.XDG_CACHE_HOME || usual, 'riposte');
}

async function systemPython(run: Run): Promise<string> {
  const isNewEnough = 'import sys; sys.exit(sys.version_info < (3, 10))';
  for (const name of ['python3', 'python']) {
    const found = await run(name, ['-c', isNewEnough]).then(
      () => true,
      () => false,
    );
    if (found) return name;
  }
  throw new MissingPrerequisiteError(
    'Python 3.10 or newer',
    'install it as python3, put `ministack` on PATH, or give a running emulator as AWS_ENDPOINT_URL',
  );
}

async function step(
  done: Promise<unknown>,
  { missing, remedy }: { readonly missing: string; readonly remedy: string },
): Promise<void> {
  try {
    await done;
  } catch (cause) {
    const said = `\n${String(cause)}`;
    throw new MissingPrerequisiteError(missing, `${remedy}${said}`, { cause });
  }
}

const execute = promisify(execFile);

function runWith(env: Environment): Run {
  return async (command, args) => {
    const { stdout } = await execute(command, [...args], { timeout: 300_000, env: { ...env } });
    return stdout;
  };
}
