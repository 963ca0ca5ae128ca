import { type Command, InvalidArgumentError } from 'commander';
import { withDeploymentOptions } from '../deployment-options.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonDocument } from '../format/json.ts';
import type { Terminal } from '../terminal.ts';
import { allChecks } from './checks.ts';
import type { DoctorOptions } from './open-doctor.ts';
import type { DoctorPorts } from './ports.ts';
import { checksText, runChecks } from './run-checks.ts';

/** What the command runs on. */
export interface DoctorDependencies {
  readonly terminal: Terminal;
  openDoctor(options: DoctorOptions): Promise<DoctorPorts>;
  /** Sets the exit status of a command that ends without an error. */
  exitWith(code: number): void;
}

/** Adds `riposte doctor`. */
export function addDoctorCommand(program: Command, dependencies: DoctorDependencies): void {
  const { terminal, openDoctor, exitWith } = dependencies;
  withDeploymentOptions(
    program
      .command('doctor')
      .description('checks a deployment: what is missing, and how to mend it; changes nothing'),
  )
    .option(
      '--regions <regions>',
      'Regions that events occur in, e.g. eu-west-1,us-east-1',
      list(/^[a-z]{2}[a-z-]*-\d+$/),
    )
    .option(
      '--accounts <accounts>',
      'accounts to cover; the organization when absent',
      list(/^\d{12}$/),
    )
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      '\nEach check is ok, missing or unknown (could not be read). The exit status is 1 when something is missing.\n\nExample:\n  $ riposte doctor --stage prod --region eu-west-1',
    )
    .action(async ({ json, ...options }: DoctorOptions & { readonly json?: boolean }) => {
      const ports = await openDoctor(options);
      const results = await runChecks(allChecks, ports);
      const { stage, region, accountId } = ports.deployment;
      const isComplete = results.every(({ status }) => status !== 'missing');
      terminal.print(
        json
          ? jsonDocument({ stage, region, accountId, ok: isComplete, checks: results })
          : checksText(results),
      );
      if (!isComplete) exitWith(exitCodes.failed);
    });
}

function list(shape: RegExp): (text: string) => readonly string[] {
  return (text) => {
    const items = text.split(',').map((item) => item.trim());
    const wrong = items.find((item) => !shape.test(item));
    if (wrong === undefined) return items;
    throw new InvalidArgumentError(`${JSON.stringify(wrong)} does not look right.`);
  };
}
