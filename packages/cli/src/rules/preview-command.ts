import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { quietProgress, visibleProgress } from '../demo/progress.ts';
import { type DeploymentOptions, withDeploymentOptions } from '../deployment-options.ts';
import { InvalidOptionError } from '../errors.ts';
import { jsonDocument } from '../format/json.ts';
import { parseMoment } from '../parse-moment.ts';
import { parseSince } from '../parse-since.ts';
import { wholeNumber } from '../whole-number.ts';
import type { FindingSource } from './findings/finding-source.ts';
import { findingsInFile } from './findings/findings-in-file.ts';
import { inputFile } from './input-file.ts';
import { openEngine } from './open-engine.ts';
import { previewPage } from './page/preview-page.ts';
import type { RulesDependencies } from './ports.ts';
import type { PreviewReport } from './preview/preview-report.ts';
import { previewRules } from './preview/preview-rules.ts';
import { previewText } from './preview/preview-text.ts';
import { progressText } from './progress-text.ts';
import { readRuleSet } from './rule-folder.ts';

interface PreviewCommandOptions extends DeploymentOptions {
  readonly findings?: string;
  readonly live?: true;
  readonly since: string;
  readonly at?: string;
  readonly enable?: readonly string[];
  readonly limit: number;
  readonly json?: true;
  readonly html?: string;
}

/** Adds `riposte rules preview`. */
export function addPreviewCommand(rules: Command, dependencies: RulesDependencies): void {
  withDeploymentOptions(
    rules
      .command('preview [dir]')
      .description('what rules would have done to findings; nothing is done'),
  )
    .option(
      '--findings <file>',
      'findings: JSON lines, a list, answers of Security Hub, events; - reads standard input',
    )
    .option('--live', "Security Hub's findings, by GetFindings and GetFindingsV2")
    .option(
      '--since <age>',
      'with --live: updated since, an age such as 90m, 24h, 7d, or a date',
      '7d',
    )
    .option('--at <time>', 'the time that rules are evaluated for, ISO 8601; now when absent')
    .option(
      '--enable <rules...>',
      'as if these rules were enabled: pack/name, pack/*, or * for all',
    )
    .option(
      '--limit <count>',
      'findings that each list of the JSON document names at most',
      wholeNumber,
      500,
    )
    .option('--json', 'one JSON document')
    .option('--html <file>', 'one page that needs nothing else, for a browser')
    .addHelpText(
      'after',
      `
Examples:
  $ riposte rules preview --live --since 7d --html preview.html --region eu-west-1
  $ aws securityhub get-findings | riposte rules preview ./rules --findings - --enable 'noise/*'`,
    )
    .action(async (named: string | undefined, options: PreviewCommandOptions) => {
      const report = await preview(named, options, dependencies);
      await show(report, options, dependencies);
    });
}

async function preview(
  named: string | undefined,
  options: PreviewCommandOptions,
  dependencies: RulesDependencies,
): Promise<PreviewReport> {
  const { terminal, cwd } = dependencies;
  const now = options.at === undefined ? new Date() : parseMoment(options.at, '--at');
  const open = sourceOpener(options, now, dependencies);
  const { ruleSet, folder } = await readRuleSet(named, cwd);
  const engine = openEngine(ruleSet, options.enable);
  const run = async (say: (line: string) => void) =>
    previewRules({
      engine,
      source: await open(say),
      folder,
      now,
      limit: options.limit,
      stopwatch: () => performance.now(),
    });
  if (!options.live) return run(() => undefined);
  const isDrawn = terminal.width !== undefined && !options.json;
  const progress = isDrawn ? visibleProgress : quietProgress(terminal);
  return progress.step(`Reading findings of Security Hub updated since ${options.since}`, run);
}

/** Finds out where findings come from; what is wrong on the command line is said before anything is read. */
function sourceOpener(
  options: PreviewCommandOptions,
  now: Date,
  { cwd, input, openSecurityHub }: RulesDependencies,
): (say: (line: string) => void) => Promise<FindingSource> {
  const { findings: file, live, since } = options;
  if ((file === undefined) === (live === undefined))
    throw new InvalidOptionError(
      '--findings',
      'give either a file of findings or --live',
      'e.g. riposte rules preview --findings findings.json',
    );
  if (file !== undefined) {
    const path = file === '-' ? file : inputFile(file, '--findings', cwd);
    return async () => findingsInFile(path, input);
  }
  const from = parseSince(since, now);
  return async (say) => {
    const hub = await openSecurityHub(options);
    return hub.findings({
      since: from,
      now,
      onProgress: (progress) => say(progressText(progress)),
    });
  };
}

async function show(
  report: PreviewReport,
  { json, html }: PreviewCommandOptions,
  { terminal, cwd }: RulesDependencies,
): Promise<void> {
  if (html !== undefined) await writeFile(resolve(cwd, html), previewPage(report));
  if (json) terminal.print(jsonDocument(report));
  else if (html === undefined) terminal.print(previewText(report, terminal.width));
  else terminal.print(`${resolve(cwd, html)}: open it in a browser. Nothing was done.`);
}
