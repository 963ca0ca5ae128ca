import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { StageNotFoundError } from '../errors.ts';
import { isRunning } from '../running-process.ts';

const processSchema = z.object({ pid: z.number().int().positive(), startedAt: z.string() });

const schema = z.object({
  name: z.string(),
  endpoint: z.string(),
  emulatorEndpoint: z.string(),
  securityHubEndpoint: z.string(),
  accountId: z.string(),
  region: z.string(),
  checkout: z.string(),
  /** The process that holds the stage, and those that it owns. */
  holder: processSchema,
  owned: z.array(processSchema),
});

/** What other processes need to know of a running stage, as `.stage/NAME.json` keeps it. */
export type StageState = z.infer<typeof schema>;

/** Where a stage's state is kept. Names are letters, digits, `-` and `_`. */
export function stateFile(folder: string, name: string): string {
  if (!/^[\w-]{1,64}$/.test(name)) throw new StageNotFoundError(name, 'that is no name of a stage');
  return join(folder, '.stage', `${name}.json`);
}

/** Writes the state in one step: a reader finds all of it or nothing. */
export async function writeState(folder: string, state: StageState): Promise<void> {
  const file = stateFile(folder, state.name);
  await mkdir(join(folder, '.stage'), { recursive: true });
  await writeFile(`${file}.${process.pid}`, JSON.stringify(state, null, 2));
  await rename(`${file}.${process.pid}`, file);
}

/**
 * Reads the state of a stage that is up.
 *
 * @throws StageNotFoundError when there is none, or its holder is gone.
 */
export async function readState(folder: string, name: string): Promise<StageState> {
  const state = await readStateFile(folder, name);
  if (!state) throw new StageNotFoundError(name, 'it is not up');
  if (!(await isRunning(state.holder))) throw new StageNotFoundError(name, 'its process is gone');
  return state;
}

/** The state as written, whether its stage still runs or not. */
export async function readStateFile(folder: string, name: string): Promise<StageState | undefined> {
  const text = await readFile(stateFile(folder, name), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : schema.parse(JSON.parse(text));
}

export async function removeState(folder: string, name: string): Promise<void> {
  await rm(stateFile(folder, name), { force: true });
}

/** Names of the stages that a folder knows. */
export async function stageNames(folder: string): Promise<readonly string[]> {
  const files = await readdir(join(folder, '.stage')).catch(() => []);
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}
