import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { EmulatorError } from '../errors.ts';
import { supervisorScript } from './supervisor-script.ts';

export interface CommandEnd {
  readonly reason: string;
  readonly log: string;
}

export interface Supervised {
  /** Leader of the process group that the emulator and its function workers form. */
  readonly pid: number;
  readonly supervisorPid: number;
  /** Why it ended, and the end of what it said, once it has. */
  exit(): CommandEnd | undefined;
  stop(): Promise<void>;
}

/**
 * Starts a command under a supervisor that ends it when this process ends, in whatever way.
 *
 * @throws EmulatorError when the command cannot be started.
 */
export async function supervise(task: {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The file that gets all output. */
  readonly log: string;
  /** Files and folders to remove at the end. */
  readonly remove: readonly string[];
}): Promise<Supervised> {
  const supervisor = spawn(process.execPath, ['-e', supervisorScript, JSON.stringify(task)], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: task.env.PATH },
  });
  // The supervisor must not keep this process alive; its death is noticed by the pipe.
  supervisor.unref();
  let exit: CommandEnd | undefined;
  const pid = await new Promise<number>((resolve, reject) => {
    const failed = (reason: string, log = '') => {
      exit ??= { reason, log };
      reject(new EmulatorError(`the emulator did not start: ${reason}`, log));
    };
    supervisor.on('error', (error) => failed(error.message));
    supervisor.on('exit', (code) => failed(`supervisor ended with ${code}`));
    createInterface({ input: supervisor.stdout }).on('line', (line) => {
      const message: { pid?: number; exit?: string; log?: string } = JSON.parse(line);
      if (message.pid !== undefined) resolve(message.pid);
      if (message.exit !== undefined) failed(message.exit, message.log);
    });
  });
  unrefStreams(supervisor);
  // A supervisor that was killed itself leaves its work to this process.
  supervisor.on('exit', () => {
    killGroup(pid);
    for (const path of task.remove) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  });
  return {
    pid,
    supervisorPid: supervisor.pid ?? 0,
    exit: () => exit,
    stop: () => ended(supervisor, pid),
  };
}

function ended(supervisor: ChildProcess, pid: number): Promise<void> {
  if (supervisor.exitCode !== null || supervisor.signalCode !== null) return Promise.resolve();
  supervisor.ref();
  return new Promise((resolve) => {
    // A supervisor that does not answer is not waited for: its emulator is ended from here.
    const late = setTimeout(() => {
      killGroup(pid);
      supervisor.kill('SIGKILL');
    }, 5000);
    supervisor.on('exit', () => {
      clearTimeout(late);
      resolve();
    });
    supervisor.stdin?.end();
  });
}

/** Pipes to the supervisor do not keep this process alive either. */
function unrefStreams(supervisor: ChildProcess): void {
  for (const stream of [supervisor.stdin, supervisor.stdout]) {
    if (stream && 'unref' in stream && typeof stream.unref === 'function') stream.unref();
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
