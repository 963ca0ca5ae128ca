import type { AttachedStage } from '@riposte/local-stage';
import type { Terminal } from '../terminal.ts';
import { findCheckout } from './find-checkout.ts';
import type { StageTools } from './stage-tools.ts';

/** What the `stage` commands run on. */
export interface StageDependencies {
  readonly terminal: Terminal;
  readonly stageTools: StageTools;
  /** The command that starts this very program again. */
  readonly self: readonly [string, ...string[]];
  readonly cwd: string;
}

/** Options that every `stage` command has. */
export interface StageNameOptions {
  readonly name: string;
}

/** Joins the stage that is up under a name; progress goes beside the result. */
export function attach(
  { name }: StageNameOptions,
  { stageTools, terminal, cwd }: StageDependencies,
): Promise<AttachedStage> {
  const folder = findCheckout(cwd);
  return stageTools.attachStage(name, { folder, onProgress: (line) => terminal.note(line) });
}
