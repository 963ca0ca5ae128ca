import { rmSync } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LockTimeoutError } from './errors.ts';
import { onInterrupt } from './on-interrupt.ts';
import { isRunning, type RunningProcess, startTimeOf } from './running-process.ts';

/**
 * Runs something while no other process of this machine does, by a file that only one can create. A lock whose holder is gone
 * is taken over.
 *
 * @throws LockTimeoutError when the holder keeps it for longer than `timeoutMs`.
 */
export async function withFileLock<TResult>(
  file: string,
  work: () => Promise<TResult>,
  timeoutMs = 600_000,
): Promise<TResult> {
  await mkdir(dirname(file), { recursive: true });
  const until = Date.now() + timeoutMs;
  while (!(await taken(file))) {
    if (Date.now() > until) throw new LockTimeoutError(file, await holderOf(file));
    await sleep(100);
  }
  const forget = onInterrupt(() => rmSync(file, { force: true }));
  try {
    return await work();
  } finally {
    forget();
    await rm(file, { force: true });
  }
}

async function taken(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    const own: RunningProcess = { pid: process.pid, startedAt: await startTimeOf(process.pid) };
    await handle.writeFile(JSON.stringify(own));
    await handle.close();
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    await removeIfStale(file);
    return false;
  }
}

async function removeIfStale(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '');
  // Empty: its holder is about to write into it.
  if (text === '') return;
  const holder: RunningProcess = JSON.parse(text);
  if (!(await isRunning(holder))) await rm(file, { force: true });
}

async function holderOf(file: string): Promise<string> {
  return `process ${await readFile(file, 'utf8').catch(() => 'unknown')}`;
}
