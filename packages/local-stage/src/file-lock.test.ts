import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LockTimeoutError } from './errors.ts';
import { withFileLock } from './file-lock.ts';
import { isRunning, startTimeOf } from './running-process.ts';

describe('a file lock', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'file-lock-'));
    file = join(folder, 'deep', 'deploy.lock');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('lets one at a time work', async () => {
    const order: string[] = [];
    const work = (name: string) => () =>
      sleep(30).then(() => {
        order.push(`${name} ends`);
      });
    await Promise.all([
      withFileLock(file, async () => {
        order.push('one begins');
        await work('one')();
      }),
      sleep(10).then(() =>
        withFileLock(file, async () => {
          order.push('two begins');
          await work('two')();
        }),
      ),
    ]);
    expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  });

  it('goes when the work fails', async () => {
    await expect(withFileLock(file, () => Promise.reject(new RangeError('no')))).rejects.toThrow(
      'no',
    );
    expect(existsSync(file)).toBe(false);
  });

  it('is taken over from a process that is gone', async () => {
    const child = spawn('sleep', ['0']);
    await once(child, 'exit');
    await withFileLock(file, async () => undefined);
    await writeFile(file, JSON.stringify({ pid: child.pid, startedAt: '1' }));
    await expect(withFileLock(file, async () => 'done')).resolves.toBe('done');
  });

  it('says who holds it when that takes too long', async () => {
    await withFileLock(file, async () => {
      const held = await readFile(file, 'utf8');
      const waiting = withFileLock(file, async () => undefined, 50);
      await expect(waiting).rejects.toThrow(LockTimeoutError);
      await expect(waiting).rejects.toThrow(held);
    });
  });

  it('fails where the folder cannot be made', async () => {
    await writeFile(join(folder, 'deep'), 'a file');
    await expect(withFileLock(file, async () => undefined)).rejects.toThrow(/EEXIST|ENOTDIR/);
  }, 10_000);
});

describe('a running process', () => {
  it('is told from a later one with its number', async () => {
    const startedAt = await startTimeOf(process.pid);
    expect(startedAt).not.toBe('');
    await expect(isRunning({ pid: process.pid, startedAt })).resolves.toBe(true);
    await expect(isRunning({ pid: process.pid, startedAt: 'earlier' })).resolves.toBe(false);
  });

  it('is none when there is none', async () => {
    await expect(startTimeOf(999_999_999)).resolves.toBe('');
    await expect(isRunning({ pid: 999_999_999, startedAt: '' })).resolves.toBe(false);
  });

  it('is known from ps where there is no /proc', async () => {
    await expect(startTimeOf(process.pid, 'darwin')).resolves.toMatch(/\d{4}$/);
    await expect(startTimeOf(999_999_999, 'darwin')).resolves.toBe('');
  });
});
