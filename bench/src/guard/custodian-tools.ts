import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { MissingPeerError } from '../errors.ts';

const execute = promisify(execFile);

/**
 * The peer, the emulator that runs both, and what the peer's function needs in the emulator's Python. Pinned: a benchmark whose peer
 * changes by itself compares nothing.
 */
const pinned = { c7n: '0.9.53', ministack: '1.5.33', boto3: '1.43.103' } as const;

/** How the peer is called in tables. */
export const custodianName = `Cloud Custodian ${pinned.c7n}`;

/** A Python that has Cloud Custodian, the emulator and boto3. */
export interface CustodianTools {
  readonly python: string;
  /** Put first on `PATH`, it makes the stage start its emulator from this Python. */
  readonly pathFolder: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Installs the peer beside the emulator into a virtual environment of the user's cache folder, once. Made beside and moved into place, so
 * that an interrupted installation does no harm.
 *
 * @throws MissingPeerError when Python or a package cannot be had.
 */
export async function custodianTools(
  env: Environment,
  onProgress: (line: string) => void,
): Promise<CustodianTools> {
  const versions = Object.entries(pinned).map(([name, version]) => `${name}==${version}`);
  const home = join(cacheFolder(env), `bench-${versions.join('-').replaceAll('==', '-')}`);
  const tools = { python: join(home, 'bin', 'python'), pathFolder: join(home, 'tools') };
  if (existsSync(tools.pathFolder)) return tools;
  const making = `${home}.${process.pid}-${Date.now()}`;
  onProgress(`installing ${versions.join(', ')} into ${home} ...`);
  await mkdir(dirname(home), { recursive: true });
  try {
    await run('python3', ['-m', 'venv', making], env);
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check'];
    await run(join(making, 'bin', 'python'), [...pip, ...versions], env);
    await writeMark(join(making, 'tools', 'ministack'), tools.python);
    await rename(making, home).catch((error: unknown) => {
      // Somebody else was faster: theirs is as good.
      if (!existsSync(tools.pathFolder)) throw error;
    });
  } catch (cause) {
    throw new MissingPeerError(
      `Cloud Custodian could not be installed: ${cause instanceof Error ? cause.message : cause}`,
      'this benchmark needs python3 (3.10 or newer) with venv and pip, and a package index that pip reaches',
      { cause },
    );
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return tools;
}

/** The stage reads from the first line of the emulator's command which Python has it; the command itself is not run. */
async function writeMark(file: string, python: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!${python}\nfrom ministack.app import main\nmain()\n`);
  await chmod(file, 0o755);
}

async function run(command: string, args: readonly string[], env: Environment): Promise<void> {
  await execute(command, [...args], { timeout: 300_000, env: { ...env } });
}

function cacheFolder({ HOME, XDG_CACHE_HOME }: Environment): string {
  const usual = process.platform === 'darwin' ? ['Library', 'Caches'] : ['.cache'];
  return join(XDG_CACHE_HOME || join(HOME ?? homedir(), ...usual), 'riposte');
}
