import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Stage } from '@riposte/local-stage';

const execute = promisify(execFile);
const main = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));

/** How a command ended. */
export interface Ended {
  readonly status: number;
  readonly out: string;
  readonly notes: string;
}

/** Runs `riposte` as a person does who has pointed their shell at the stage. */
export function riposte(stage: Stage, ...argv: readonly string[]): Promise<Ended> {
  return run(stage, process.execPath, [main, ...argv, '--stage', 'local']);
}

/** Runs a command in the stage's environment, to its end. */
export function run(
  { env }: Stage,
  command: string,
  argv: readonly string[],
  {
    cwd = process.cwd(),
    more = {},
  }: { readonly cwd?: string; readonly more?: Record<string, string> } = {},
): Promise<Ended> {
  return execute(command, [...argv], { cwd, env: { ...env, ...more }, timeout: 60_000 }).then(
    ({ stdout, stderr }) => ({ status: 0, out: stdout, notes: stderr }),
    ({ code, stdout, stderr }) => ({ status: code, out: stdout, notes: stderr }),
  );
}

/** Approves a trail's present settings as its baseline. */
export async function approve(stage: Stage, trail: string): Promise<void> {
  const ended = await riposte(stage, 'trail', 'approve', trail, '--reason', 'as built', '--yes');
  if (ended.status !== 0) throw new RangeError(`not approved: ${ended.notes}`);
}
