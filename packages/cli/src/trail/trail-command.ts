import type { Command } from 'commander';
import { withDeploymentOptions } from '../deployment-options.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonDocument } from '../format/json.ts';
import type { Terminal } from '../terminal.ts';
import { approveTrail } from './approve-trail.ts';
import { diffTrails, driftText, isDrifted } from './diff-trails.ts';
import type { TrailOptions } from './open-trails.ts';
import type { TrailCommandPorts } from './ports.ts';
import { historyText, trailHistory } from './trail-history.ts';

/** What the commands run on; opened once a command is chosen. */
export interface TrailDependencies {
  readonly terminal: Terminal;
  openTrails(options: TrailOptions): Promise<TrailCommandPorts>;
  /** Sets the exit status of a command that ends without an error. */
  exitWith(code: number): void;
}

interface ApproveOptions extends TrailOptions {
  readonly reason: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

interface ReadOptions extends TrailOptions {
  readonly json?: boolean;
}

/** Adds `riposte trail`. */
export function addTrailCommand(program: Command, dependencies: TrailDependencies): void {
  const { terminal, openTrails, exitWith } = dependencies;
  const trail = program.command('trail').description('approved settings of CloudTrail trails');

  withTrailOptions(
    trail
      .command('approve <trail>')
      .description("make a trail's present settings the approved baseline"),
  )
    .requiredOption('--reason <text>', 'why, for the record')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\nExample:\n  $ riposte trail approve main --reason "change 4711: data events added"',
    )
    .action(async (named: string, { reason, yes = false, json, ...options }: ApproveOptions) => {
      const ports = await openTrails(options);
      const baseline = await approveTrail({ trail: named, reason, yes }, ports, terminal);
      terminal.print(
        json
          ? jsonDocument(baseline)
          : `Approved: version ${baseline.version} of ${baseline.trail.arn}, by ${baseline.approvedBy}.`,
      );
    });

  withTrailOptions(
    trail
      .command('diff [trail]')
      .description('how trails differ from their approved baselines; status 1 if one does'),
  )
    .addHelpText('after', '\nExample:\n  $ riposte trail diff --stage prod')
    .action(async (named: string | undefined, { json, ...options }: ReadOptions) => {
      const drifts = await diffTrails(named, await openTrails(options));
      terminal.print(json ? jsonDocument({ trails: drifts }) : driftText(drifts));
      if (drifts.some(isDrifted)) exitWith(exitCodes.failed);
    });

  withTrailOptions(
    trail
      .command('history <trail>')
      .description('every approved version of a trail: who, when, why'),
  )
    .addHelpText('after', '\nExample:\n  $ riposte trail history main')
    .action(async (named: string, { json, ...options }: ReadOptions) => {
      const versions = await trailHistory(named, await openTrails(options));
      terminal.print(json ? jsonDocument({ versions }) : historyText(versions));
    });
}

function withTrailOptions(command: Command): Command {
  return withDeploymentOptions(command)
    .option(
      '--account-profile <profile>',
      "AWS profile of the trail's account, if it is another; its member role when absent",
    )
    .option('--json', 'one JSON document');
}
