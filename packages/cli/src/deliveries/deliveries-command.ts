import type { Command } from 'commander';
import { type DeploymentOptions, withDeploymentOptions } from '../deployment-options.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonDocument } from '../format/json.ts';
import type { Terminal } from '../terminal.ts';
import { wholeNumber } from '../whole-number.ts';
import { letterFacts, lettersTable, listDeliveries } from './list-deliveries.ts';
import type { DeliveriesPorts } from './ports.ts';
import { redriveDeliveries, redrivenText } from './redrive-deliveries.ts';

interface ListOptions extends DeploymentOptions {
  readonly max: number;
  readonly json?: boolean;
}

interface RedriveOptions extends ListOptions {
  readonly function?: string;
  readonly dryRun?: boolean;
  readonly resetAge?: boolean;
}

/** What the commands run on; opened once a command is chosen. */
export interface DeliveriesDependencies {
  readonly terminal: Terminal;
  openDeliveries(options: DeploymentOptions): Promise<DeliveriesPorts>;
  exitWith(code: number): void;
}

/** Adds `riposte deliveries`. */
export function addDeliveriesCommand(program: Command, dependencies: DeliveriesDependencies): void {
  const { terminal, openDeliveries, exitWith } = dependencies;
  const deliveries = program
    .command('deliveries')
    .description('what the finding router could not deliver, and sending it again');

  withDeploymentOptions(
    deliveries
      .command('list')
      .description('what lies in the dead-letter queues, by function and reason'),
  )
    .option('--max <count>', 'at most this many of each queue', wholeNumber, 1_000)
    .option('--json', 'one JSON document, one entry for each letter')
    .addHelpText('after', '\nExample:\n  $ riposte deliveries list --stage prod')
    .action(async ({ max, json, ...options }: ListOptions) => {
      const ports = await openDeliveries(options);
      const letters = await listDeliveries(ports, max);
      const { stage } = ports;
      terminal.print(
        json
          ? jsonDocument({ stage, letters: letters.map(letterFacts) })
          : lettersTable(letters, terminal.width),
      );
    });

  withDeploymentOptions(
    deliveries
      .command('redrive')
      .description('sends letters back to the queues that they came from, the oldest first'),
  )
    .option('--function <name>', 'only letters of this function, e.g. deliver-jira')
    .option('--max <count>', 'at most this many', wholeNumber, 1_000)
    .option('--dry-run', 'say what would be sent, and send nothing')
    .option('--reset-age', 'let messages begin anew that were given up for their age')
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      '\nMend the reason first: the same message ends in the same queue. The exit status is 1 when a letter stays.\n\nExample:\n  $ riposte deliveries redrive --function deliver-jira --dry-run --stage prod',
    )
    .action(async ({ json, dryRun = false, resetAge = false, ...options }: RedriveOptions) => {
      const ports = await openDeliveries(options);
      const { max: most, function: name } = options;
      const redrive = { dryRun, resetAge, most, ...(name !== undefined && { function: name }) };
      const done = await redriveDeliveries(redrive, ports);
      const sent = done.sent.map(letterFacts);
      const stayed = done.stayed.map(({ letter, why }) => ({ ...letterFacts(letter), why }));
      terminal.print(
        json
          ? jsonDocument({ stage: ports.stage, dryRun, sent, stayed })
          : redrivenText(done, dryRun, terminal.width),
      );
      if (stayed.length > 0) exitWith(exitCodes.failed);
    });
}
