import type { Command } from 'commander';
import { type DeploymentOptions, withDeploymentOptions } from '../deployment-options.ts';
import { jsonDocument } from '../format/json.ts';
import type { Terminal } from '../terminal.ts';
import { type AddRequest, addSilence } from './add-silence.ts';
import { endSilence } from './expire-silence.ts';
import { listSilences, matchersText, silencesTable } from './list-silences.ts';
import type { SilencesPorts } from './ports.ts';

type AddOptions = DeploymentOptions & Omit<AddRequest, 'matchers'> & { readonly json?: boolean };

interface ListOptions extends DeploymentOptions {
  readonly all?: boolean;
  readonly json?: boolean;
}

/** What the commands run on; opened once a command is chosen. */
export interface SilencesDependencies {
  readonly terminal: Terminal;
  openSilences(options: DeploymentOptions): Promise<SilencesPorts>;
}

/** Adds `riposte silences`. */
export function addSilencesCommand(program: Command, dependencies: SilencesDependencies): void {
  const { terminal, openSilences } = dependencies;
  const silences = program
    .command('silences')
    .description('what nobody wants to be told for a while');

  withDeploymentOptions(
    silences
      .command('add <matchers...>')
      .description('keep quiet about findings whose labels fulfil all matchers, in your name'),
  )
    .requiredOption('--reason <reason>', 'why')
    .option('--for <duration>', 'how long, e.g. 30m, 2h, 1d')
    .option('--until <time>', 'or until when, e.g. 2026-11-24T14:00:00Z')
    .option('--from <time>', 'when it begins; now when absent')
    .option('--until-resolved', 'also end it with the last finding that it silences')
    .option('--json', 'the silence as JSON')
    .addHelpText(
      'after',
      `
Matchers: label=value, label!=value, label=~regex, label!~regex (RE2, the whole value).
Labels: account, region, control, resource, resourceType, owner, team, severity, product, rule, type, finding,
and those that rules group by.

Example:
  $ riposte silences add account=123456789012 'control=~S3\\..*' --for 2h --reason "change 4711" --stage prod`,
    )
    .action(async (matchers: readonly string[], { json, ...options }: AddOptions) => {
      const silence = await addSilence({ ...options, matchers }, await openSilences(options));
      const until = `${silence.endsAt}${silence.untilResolved ? ', or resolved' : ''}`;
      terminal.print(
        json
          ? jsonDocument({ ...silence })
          : `${silence.id}\nSilent until ${until}: ${matchersText(silence)}`,
      );
    });

  withDeploymentOptions(
    silences.command('list').description('silences that hold or will hold, by their end'),
  )
    .option('--all', 'also those that ended in the last thirty days')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ riposte silences list --stage prod')
    .action(async ({ all = false, json, ...options }: ListOptions) => {
      const listed = await listSilences(all, await openSilences(options));
      terminal.print(
        json ? jsonDocument({ silences: listed }) : silencesTable(listed, terminal.width),
      );
    });

  withDeploymentOptions(
    silences
      .command('expire <id>')
      .description('end a silence now; what is still open is told within an interval'),
  )
    .addHelpText('after', '\nExample:\n  $ riposte silences expire sil-0a1b2c3d4e5f --stage prod')
    .action(async (id: string, options: DeploymentOptions) => {
      const { id: ended, endsAt } = await endSilence(id, await openSilences(options));
      terminal.print(`${ended}\nEnded ${endsAt}.`);
    });
}
