import type { attachStage, endStage, holdStage, launchStage } from '@riposte/local-stage';

/** What the `stage` commands use of `@riposte/local-stage`. */
export interface StageTools {
  readonly attachStage: typeof attachStage;
  readonly endStage: typeof endStage;
  readonly holdStage: typeof holdStage;
  readonly launchStage: typeof launchStage;
}
