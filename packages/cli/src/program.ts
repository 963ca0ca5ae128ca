import { Command } from 'commander';
import {
  addDeliveriesCommand,
  type DeliveriesDependencies,
} from './deliveries/deliveries-command.ts';
import { addDemoCommand, type DemoDependencies } from './demo/demo-command.ts';
import { addDoctorCommand, type DoctorDependencies } from './doctor/doctor-command.ts';
import { addEvidenceCommand, type EvidenceDependencies } from './evidence/evidence-command.ts';
import { exitCodesHelp } from './exit-codes.ts';
import { addFimCommand, type FimDependencies } from './fim/fim-command.ts';
import { addResponsesCommand, type ResponsesDependencies } from './responses/responses-command.ts';
import type { RulesDependencies } from './rules/ports.ts';
import { addRulesCommand } from './rules/rules-command.ts';
import { addSilencesCommand, type SilencesDependencies } from './silences/silences-command.ts';
import { addStageCommand } from './stage/stage-command.ts';
import type { StageDependencies } from './stage/stage-context.ts';
import { addTrailCommand, type TrailDependencies } from './trail/trail-command.ts';
import { version } from './version.ts';

/** Everything that commands run on. */
export type Dependencies = ResponsesDependencies &
  TrailDependencies &
  DoctorDependencies &
  StageDependencies &
  RulesDependencies &
  DeliveriesDependencies &
  SilencesDependencies &
  FimDependencies &
  EvidenceDependencies &
  DemoDependencies;

/** The command line of `riposte`. */
export function createProgram(dependencies: Dependencies): Command {
  const { terminal } = dependencies;
  const program = new Command('riposte')
    .description('Answers security findings on AWS by itself, safely.')
    .version(version)
    .showHelpAfterError('(riposte help COMMAND says more)')
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
    })
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  $ riposte doctor --stage prod --region eu-west-1     is the deployment complete?
  $ riposte responses list --since 24h                 what did Riposte do?
  $ riposte trail approve main --reason "change 4711"  these settings are right
  $ riposte rules preview --live --since 7d            what would rules have done?

${exitCodesHelp}`,
    );
  addResponsesCommand(program, dependencies);
  addTrailCommand(program, dependencies);
  addDoctorCommand(program, dependencies);
  addRulesCommand(program, dependencies);
  addDeliveriesCommand(program, dependencies);
  addSilencesCommand(program, dependencies);
  addEvidenceCommand(program, dependencies);
  addFimCommand(program, dependencies);
  addStageCommand(program, dependencies);
  addDemoCommand(program, dependencies);
  inheritOverrides(program);
  return program;
}

/** Commands are made with a copy of what their parent was set to when they were added; errors of all of them end in `run`. */
function inheritOverrides(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent).exitOverride();
    inheritOverrides(command);
  }
}
