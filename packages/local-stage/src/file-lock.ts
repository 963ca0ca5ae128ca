import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from './error-code.ts';
import { LockTimeoutError } from './errors.ts';
import { onInterrupt } from './on-interrupt.ts';
import { isRunning, type RunningProcess, startTimeOf } from './running-process.ts';

/**
 * Runs something while no other process of this machine does, by a file that only one can make. A lock whose holder is gone
 * is taken over.
 *
 * @throws LockTimeoutError when the holder keeps it for longer than `timeoutMs`.
 */
export async function withFileLock<TResult>(
  file: string,
  work: () => Promise<TResult>,
  timeoutMs = 600_000,
): Promise<TResult> {
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

/** The lock appears with its holder written in it, in one step: a hard link to a file that is complete. */
async function taken(file: string): Promise<boolean> {
  const own = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const holder: RunningProcess = { pid: process.pid, startedAt: await startTimeOf(process.pid) };
    await writeFile(own, JSON.stringify(holder));
    await link(own, file);
    return true;
  } catch (error) {
    const code = errorCode(error);
    // ENOENT: the last holder removed the empty folder in between.
    if (code !== 'EEXIST' && code !== 'ENOENT') throw error;
    await removeIfStale(file);
    return false;
  } finally {
    await rm(own, { force: true });
  }
}

async function removeIfStale(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '');
  if (text === '') return;
  const holder: RunningProcess = JSON.parse(text);
  if (await isRunning(holder)) return;
  // Moved aside first: somebody else may have taken the stale lock over since it was read, and theirs must come back.
  const aside = `${file}.${randomUUID()}`;
  await rename(file, aside).catch(() => undefined);
  const moved = await readFile(aside, 'utf8').catch(() => text);
  if (moved !== text) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

async function holderOf(file: string): Promise<string> {
  return `process ${await readFile(file, 'utf8').catch(() => 'unknown')}`;
}
