import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmulatorError } from '../errors.ts';
import { emulatorEnvironment } from './clean-environment.ts';
import type { FoundEmulator } from './find-emulator.ts';
import { type CommandEnd, type Supervised, supervise } from './supervise.ts';

export interface Emulator {
  readonly endpoint: string;
  /** Process group of the emulator and its function workers; absent where the emulator was given. */
  readonly processGroup?: number;
  readonly pids: readonly number[];
  /** Its temporary folder, which goes when it does. */
  readonly temporary?: string;
  stop(): Promise<void>;
}

interface StartEmulatorOptions {
  readonly found: FoundEmulator;
  /** The port that the emulator names in URLs: the proxy's. */
  readonly proxyPort: number;
  readonly accountId: string;
  readonly region: string;
  /** Environment of the emulator, and through it of every function. */
  readonly env: Readonly<Record<string, string>>;
  /** Further files to remove when the stage ends. */
  readonly remove?: readonly string[];
}

/**
 * Starts the emulator in a folder of its own and waits until it answers. One that was given is only asked whether it is there.
 *
 * @throws EmulatorError with the end of its log when it does not come up.
 */
export async function startEmulator(options: StartEmulatorOptions): Promise<Emulator> {
  const { found } = options;
  if (found.kind === 'given') {
    await answers(`${found.endpoint}/`, () => undefined);
    return { endpoint: found.endpoint, pids: [], stop: () => Promise.resolve() };
  }
  const temporary = await mkdtemp(join(tmpdir(), 'riposte-stage-'));
  try {
    return await launch(options, found.python, temporary);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

async function launch(
  options: StartEmulatorOptions,
  python: string,
  temporary: string,
): Promise<Emulator> {
  const port = await freePort();
  const args = ['ministack.app:app', '--bind', `127.0.0.1:${port}`, '--keep-alive', '75'];
  const supervised = await supervise({
    command: python,
    args: ['-m', 'hypercorn', ...args, '--log-level', 'WARNING'],
    env: { ...options.env, ...emulatorEnvironment({ ...options, temporary }) },
    log: join(temporary, 'emulator.log'),
    remove: [temporary, ...(options.remove ?? [])],
  });
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await answers(`${endpoint}/_ministack/health`, supervised.exit);
  } catch (error) {
    await supervised.stop();
    throw error;
  }
  return running(endpoint, supervised, temporary);
}

function running(endpoint: string, supervised: Supervised, temporary: string): Emulator {
  return {
    endpoint,
    processGroup: supervised.pid,
    temporary,
    pids: [supervised.supervisorPid, supervised.pid],
    stop: supervised.stop,
  };
}

async function answers(
  url: string,
  exit: () => CommandEnd | undefined,
  timeoutMs = 60_000,
): Promise<void> {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    const end = exit();
    if (end) throw new EmulatorError(`the emulator ended with ${end.reason}`, end.log);
    const up = await fetch(url).then(
      (response) => response.status < 500,
      () => false,
    );
    if (up) return;
    await sleep(100);
  }
  throw new EmulatorError(`the emulator did not answer at ${url}`, '');
}

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
