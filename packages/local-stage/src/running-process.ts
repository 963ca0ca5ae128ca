import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process that cannot be mistaken for a later one of the same number. */
export interface RunningProcess {
  readonly pid: number;
  /** When it started, in the system's own words. */
  readonly startedAt: string;
}

const execute = promisify(execFile);

/**
 * When a process started; empty where there is none. On Linux in ticks since boot (field 22 of `/proc/PID/stat`), because
 * `ps` computes its answer from a clock that may have been set meanwhile.
 */
export async function startTimeOf(
  pid: number,
  platform: string = process.platform,
): Promise<string> {
  if (platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended, whoever has not noticed yet.
    return state === 'Z' ? '' : (fields[18] ?? '');
  }
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
