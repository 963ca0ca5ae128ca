import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { findCheckout } from '../deploy/find-checkout.ts';
import { StageNotFoundError } from '../errors.ts';
import { isRunning, startTimeOf } from '../running-process.ts';
import { startStage } from '../start-stage.ts';
import type { Stage, StageOptions } from '../types.ts';
import { readStateFile, stateFile, writeState } from './stage-state.ts';

export interface HoldOptions extends StageOptions {
  readonly name: string;
  /** Where `.stage` is; the working directory when absent. */
  readonly folder?: string;
}

/**
 * Starts a stage that other processes can join by its name, and holds it until this process is told to end.
 *
 * @returns The stage, and a promise that is kept once the stage has ended after SIGINT or SIGTERM.
 * @throws StageNotFoundError when a stage of that name is up already.
 * @example
 * const { ended } = await holdStage({ name: 'dev' });
 * await ended;
 */
export async function holdStage(
  options: HoldOptions,
): Promise<{ readonly stage: Stage; readonly ended: Promise<void> }> {
  const { name, folder = process.cwd() } = options;
  const before = await readStateFile(folder, name);
  if (before && (await isRunning(before.holder)))
    throw new StageNotFoundError(name, 'it is up already');
  const file = stateFile(folder, name);
  const checkout = options.checkout ?? findCheckout(folder);
  const stage = await startStage({ ...options, checkout, removeAtEnd: [file] });
  const [holder, ...owned] = await Promise.all(
    [process.pid, ...stage.pids].map(async (pid) => ({ pid, startedAt: await startTimeOf(pid) })),
  );
  const { endpoint, emulatorEndpoint, securityHubEndpoint, accountId, region } = stage;
  await writeState(folder, {
    ...{ name, endpoint, emulatorEndpoint, securityHubEndpoint, accountId, region, checkout },
    holder: holder ?? { pid: process.pid, startedAt: '' },
    owned,
  });
  const ended = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(async () => {
    await stage.stop();
    await rm(file, { force: true });
  });
  return { stage, ended };
}
