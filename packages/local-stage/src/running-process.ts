import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A process that cannot be mistaken for a later one of the same number. */
export interface RunningProcess {
  readonly pid: number;
  /** As `ps -o lstart=` says it. */
  readonly startedAt: string;
}

const execute = promisify(execFile);

/** When a process started, in `ps`'s words; empty where there is none. */
export async function startTimeOf(pid: number): Promise<string> {
  try {
    const { stdout } = await execute('ps', ['-o', 'lstart=', '-p', String(pid)], {
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    });
    return stdout.trim();
  } catch {
    return '';
  }
}

/** True while that very process runs. */
export async function isRunning({ pid, startedAt }: RunningProcess): Promise<boolean> {
  const now = await startTimeOf(pid);
  return now !== '' && now === startedAt;
}
