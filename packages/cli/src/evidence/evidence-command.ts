import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { escapeText } from '@riposte/findings';
import type { Command } from 'commander';
import { withDeploymentOptions } from '../deployment-options.ts';
import { exitCodes } from '../exit-codes.ts';
import { columns } from '../format/columns.ts';
import { jsonDocument } from '../format/json.ts';
import { counted } from '../format/numbers.ts';
import { parseSince } from '../parse-since.ts';
import type { Terminal } from '../terminal.ts';
import { type EvidenceIndex, evidenceIndex } from './evidence-rows.ts';
import { indexCsv } from './index-csv.ts';
import { indexPage } from './index-page.ts';
import type { EvidenceOptions } from './open-evidence.ts';
import type { EvidencePorts } from './ports.ts';
import { verifyEvidence } from './verify-evidence.ts';
import { verificationText } from './verify-text.ts';

/** What the commands run on; opened once a command is chosen. */
export interface EvidenceDependencies {
  readonly terminal: Terminal;
  readonly cwd: string;
  openEvidence(options: EvidenceOptions): Promise<EvidencePorts>;
  /** Sets the exit status of a command that ends without an error. */
  exitWith(code: number): void;
}

interface CommonOptions extends EvidenceOptions {
  readonly since: string;
  readonly json?: true;
}

interface IndexOptions extends CommonOptions {
  readonly html?: string;
  readonly csv?: string;
}

/** Adds `riposte evidence`. */
export function addEvidenceCommand(program: Command, dependencies: EvidenceDependencies): void {
  const { terminal, cwd, openEvidence, exitWith } = dependencies;
  const evidence = program
    .command('evidence')
    .description('findings that were kept as evidence, for an auditor');

  withEvidenceOptions(
    evidence
      .command('verify')
      .description('read evidence again and prove that it is what it was; status 1 if it is not'),
  )
    .addHelpText('after', '\nExample:\n  $ riposte evidence verify --since 90d --stage prod')
    .action(async (options: CommonOptions) => {
      const ports = await openEvidence(options);
      const report = await verifyEvidence(parseSince(options.since, ports.clock()), ports);
      terminal.print(options.json ? jsonDocument(report) : verificationText(report));
      if (report.problems.length > 0) exitWith(exitCodes.failed);
    });

  withEvidenceOptions(
    evidence
      .command('index')
      .description('one row for each finding that was kept; status 1 if the manifests are broken'),
  )
    .option('--html <file>', 'one page that needs nothing else, for a browser')
    .option('--csv <file>', 'for a spreadsheet')
    .addHelpText(
      'after',
      '\nExample:\n  $ riposte evidence index --since 2026-10-01 --html evidence.html --csv evidence.csv',
    )
    .action(async (options: IndexOptions) => {
      const ports = await openEvidence(options);
      const index = await evidenceIndex(parseSince(options.since, ports.clock()), ports);
      const written = await writeFiles(index, options, cwd);
      const printed = written.length > 0 ? written.join('\n') : indexText(index);
      terminal.print(options.json ? jsonDocument(index) : printed);
      if (index.problems.length === 0) return;
      const [first] = index.problems;
      const said = first ? `: ${escapeText(`${first.key} ${first.said}`, 400)}` : '';
      terminal.note(
        `warning: ${counted(index.problems.length, 'problem')} of the manifests${said}`,
      );
      exitWith(exitCodes.failed);
    });
}

function withEvidenceOptions(command: Command): Command {
  return withDeploymentOptions(command)
    .option('--bucket <name>', "evidence bucket; the deployment's own when absent")
    .option('--since <age>', 'stored since, an age such as 24h, 90d, or a date', '7d')
    .option('--json', 'one JSON document');
}

async function writeFiles(
  index: EvidenceIndex,
  { html, csv }: IndexOptions,
  cwd: string,
): Promise<readonly string[]> {
  const files = [
    ...(html === undefined ? [] : [{ path: html, text: indexPage(index) }]),
    ...(csv === undefined ? [] : [{ path: csv, text: indexCsv(index) }]),
  ];
  await Promise.all(files.map(({ path, text }) => writeFile(resolve(cwd, path), text)));
  return files.map(({ path }) => `Written: ${path} (${counted(index.rows.length, 'row')})`);
}

function indexText({ rows, since }: EvidenceIndex): string {
  if (rows.length === 0) return `No evidence since ${since}.`;
  return columns(
    ['RECEIVED', 'SEVERITY', 'CONTROL', 'TITLE', 'ACCOUNT', 'RESOURCE', 'OBJECT'],
    rows.map((row) => [
      row.observedAt.slice(0, 19).replace('T', ' '),
      row.severity,
      row.control ?? '-',
      escapeText(row.title, 60),
      row.accountId,
      escapeText(row.resource, 60),
      row.key,
    ]),
  );
}
