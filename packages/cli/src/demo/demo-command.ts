import type { Stage, StageOptions } from '@riposte/local-stage';
import type { Command } from 'commander';
import { explainError } from '../aws/explain-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonDocument } from '../format/json.ts';
import { findCheckout } from '../stage/find-checkout.ts';
import type { Terminal } from '../terminal.ts';
import type { DemoFacts, DemoReport } from './demo-report.ts';
import { demoText } from './demo-text.ts';
import type { DemoWorld } from './demo-world.ts';
import { playDemo } from './play-demo.ts';
import { type Progress, quietProgress, visibleProgress } from './progress.ts';
import { openStageWorld } from './stage-world.ts';

/** What the command runs on. */
export interface DemoDependencies {
  readonly terminal: Terminal;
  readonly cwd: string;
  startStage(options: StageOptions): Promise<Stage>;
  /** Sets the exit status of a command that ends without an error. */
  exitWith(code: number): void;
}

/** Adds `riposte demo`. */
export function addDemoCommand(program: Command, dependencies: DemoDependencies): void {
  const { terminal, cwd, startStage, exitWith } = dependencies;
  program
    .command('demo')
    .description('see it work on this machine: a trail is stopped for real, and runs again')
    .option('--json', 'one JSON document with what was shown')
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      const checkout = findCheckout(cwd);
      const progress = json ? quietProgress(terminal) : visibleProgress;
      const report = await runDemo(progress, (say) =>
        openStageWorld((options) =>
          startStage({ ...options, quiet: true, checkout, onProgress: say }),
        ),
      );
      terminal.print(json ? jsonDocument(report) : `\n${demoText(report)}`);
      if (!report.ok) exitWith(exitCodes.failed);
    });
}

/** Plays the demo and says what it showed; a failure is part of the report. */
export async function runDemo(
  progress: Progress,
  start: (say: (line: string) => void) => Promise<DemoWorld>,
): Promise<DemoReport> {
  const from = Date.now();
  const facts: DemoFacts = {};
  const failedAt: string[] = [];
  const watched: Progress = {
    step: (title, run) =>
      progress.step(title, run).catch((error: unknown) => {
        failedAt.push(title);
        throw error;
      }),
  };
  const took = () => Math.round((Date.now() - from) / 100) / 10;
  try {
    await playDemo(start, watched, facts);
    return { ok: true, seconds: took(), ...facts };
  } catch (error) {
    const reason = explainError(error).message;
    return { ok: false, seconds: took(), failed: { step: failedAt[0] ?? '', reason }, ...facts };
  }
}
