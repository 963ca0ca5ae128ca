import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmulatorError, StageNotFoundError } from '../errors.ts';
import { isRunning, type RunningProcess } from '../running-process.ts';
import { readState, readStateFile, removeState, type StageState } from './stage-state.ts';

/**
 * Starts a command in the background that holds a stage (see `holdStage`), and waits until the stage is up.
 *
 * @throws StageNotFoundError when a stage of that name is up already.
 * @throws EmulatorError with what the command said, when it ends before.
 */
export async function launchStage(options: {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Where `.stage` is; the working directory when absent. */
  readonly folder?: string;
  /** Where the command runs; `folder` when absent. */
  readonly workingFolder?: string;
  readonly timeoutMs?: number;
}): Promise<StageState> {
  const { name, folder = process.cwd(), timeoutMs = 300_000 } = options;
  const before = await readStateFile(folder, name);
  if (before && (await isRunning(before.holder)))
    throw new StageNotFoundError(name, 'it is up already');
  await removeState(folder, name);
  await mkdir(join(folder, '.stage'), { recursive: true });
  const log = join(folder, '.stage', `${name}.log`);
  const out = openSync(log, 'w');
  const [command, ...args] = options.command;
  const holder = spawn(command, args, {
    cwd: options.workingFolder ?? folder,
    detached: true,
    stdio: ['ignore', out, out],
  });
  closeSync(out);
  holder.unref();
  let end: string | undefined;
  holder.on('error', (error) => {
    end = error.message;
  });
  holder.on('exit', (code, signal) => {
    end = `${signal ?? code}`;
  });
  const until = Date.now() + timeoutMs;
  while (end === undefined && Date.now() < until) {
    const state = await readState(folder, name).catch(() => undefined);
    if (state) return state;
    await sleep(100);
  }
  const reason = end ?? 'too slow';
  holder.kill('SIGTERM');
  const said = await readFile(log, 'utf8').catch(() => '');
  await rm(log, { force: true });
  throw new EmulatorError(`stage ${name} did not come up (${reason})`, said.slice(-4000));
}

/**
 * Ends a stage that another process holds: asks the holder, then ends what is left of it by process id. Only processes that
 * started when the state says they did are touched.
 *
 * @throws StageNotFoundError when there is none of that name.
 */
export async function endStage(name: string, folder: string = process.cwd()): Promise<void> {
  const state = await readStateFile(folder, name);
  if (!state) throw new StageNotFoundError(name, 'it is not up');
  if (await isRunning(state.holder)) process.kill(state.holder.pid, 'SIGTERM');
  await untilEnded(state.holder, 10_000);
  for (const one of [state.holder, ...state.owned]) {
    if (await isRunning(one)) process.kill(one.pid, 'SIGKILL');
    // A killed process is there for a moment more.
    await untilEnded(one, 2_000);
  }
  await removeState(folder, name);
  await rm(join(folder, '.stage', `${name}.log`), { force: true });
}

async function untilEnded(one: RunningProcess, limitMs: number): Promise<void> {
  const until = Date.now() + limitMs;
  while ((await isRunning(one)) && Date.now() < until) await sleep(50);
}
