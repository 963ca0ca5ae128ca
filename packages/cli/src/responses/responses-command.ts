import { type Command, Option } from 'commander';
import { withDeploymentOptions } from '../deployment-options.ts';
import { jsonDocument } from '../format/json.ts';
import { parseSince } from '../parse-since.ts';
import type { Terminal } from '../terminal.ts';
import { wholeNumber } from '../whole-number.ts';
import { listResponses, responsesTable, statuses } from './list-responses.ts';
import type { ResponsesOptions } from './open-responses.ts';
import type { ResponsesPorts } from './ports.ts';
import { evidenceOf, responseText, showResponse } from './show-response.ts';
import { undoResponse } from './undo-response.ts';

interface ListOptions extends ResponsesOptions {
  readonly since: string;
  readonly status?: string;
  readonly limit: number;
  readonly json?: boolean;
}

/** What the commands run on; opened once a command is chosen. */
export interface ResponsesDependencies {
  readonly terminal: Terminal;
  openResponses(options: ResponsesOptions): Promise<ResponsesPorts>;
}

/** Adds `riposte responses`. */
export function addResponsesCommand(program: Command, dependencies: ResponsesDependencies): void {
  const { terminal, openResponses } = dependencies;
  const responses = program
    .command('responses')
    .description('what Riposte did, and taking it back');

  withDeploymentOptions(responses.command('list').description('responses, newest first'))
    .option('--since <age>', 'age such as 90m, 24h, 7d, or a date', '24h')
    .addOption(new Option('--status <status>', 'only these').choices([...statuses]))
    .option('--limit <count>', 'at most this many', wholeNumber, 100)
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  $ riposte responses list --since 7d --status failed --stage prod',
    )
    .action(async (options: ListOptions) => {
      const since = parseSince(options.since, new Date());
      const { limit, status } = options;
      const query = { since, limit, ...(status !== undefined && { status }) };
      const records = await listResponses(query, await openResponses(options));
      terminal.print(
        options.json ? jsonDocument({ since, records }) : responsesTable(records, since),
      );
    });

  withDeploymentOptions(responses.command('show <id>').description('everything about one response'))
    .option('--json', 'the record as JSON')
    .addHelpText('after', '\nExample:\n  $ riposte responses show inc-0a1b2c3d4e5f6a7b8c9d')
    .action(async (id: string, options: ResponsesOptions & { readonly json?: boolean }) => {
      const ports = await openResponses(options);
      const record = await showResponse(id, ports);
      const evidence = evidenceOf(record, await ports.evidenceBucket());
      terminal.print(
        options.json ? jsonDocument({ ...record, evidence }) : responseText(record, evidence),
      );
    });

  withDeploymentOptions(
    responses
      .command('undo <id>')
      .description('take a response back: shows the plan, asks, changes, proves'),
  )
    .option('--yes', 'do not ask')
    .option(
      '--account-profile <profile>',
      "AWS profile of the resource's account, if it is another; its member role when absent",
    )
    .addHelpText(
      'after',
      '\nExample:\n  $ riposte responses undo inc-0a1b2c3d4e5f6a7b8c9d --stage prod',
    )
    .action(async (id: string, options: ResponsesOptions & { readonly yes?: boolean }) => {
      const ports = await openResponses(options);
      const record = await undoResponse({ id, yes: options.yes === true }, ports, terminal);
      terminal.print(
        `Undone: ${record.verification?.evidence}. Recorded as done by ${ports.caller}.`,
      );
    });
}
