import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Finding } from '@riposte/findings';
import type { Command } from 'commander';
import { type DeploymentOptions, withDeploymentOptions } from '../deployment-options.ts';
import { NotFoundError } from '../errors.ts';
import { jsonDocument } from '../format/json.ts';
import { parseMoment } from '../parse-moment.ts';
import { findingsInFile } from './findings/findings-in-file.ts';
import { openEngine } from './open-engine.ts';
import type { RulesDependencies } from './ports.ts';
import { type FindingPath, routeFinding } from './route/route-finding.ts';
import { routeText } from './route/route-text.ts';
import { readRuleSet } from './rule-folder.ts';

interface RouteOptions extends DeploymentOptions {
  readonly at?: string;
  readonly enable?: readonly string[];
  readonly json?: true;
}

/** A file may hold thousands; each is followed step by step. */
const most = 10;

const looked = 'with groups, silences, inhibition and acknowledgements of';
const notLooked =
  'started from nothing: other findings, silences, acknowledgements and messages sent before were not looked at; --stage names the deployment that has them';

/** Adds `riposte rules route`. */
export function addRouteCommand(rules: Command, dependencies: RulesDependencies): void {
  const { terminal, cwd } = dependencies;
  withDeploymentOptions(
    rules
      .command('route <finding> [dir]')
      .description(
        'the path that a finding takes: which rules match, what is sent when, what holds it back',
      ),
  )
    .option('--at <time>', 'when the finding arrives, ISO 8601; now when absent')
    .option('--enable <rules...>', 'as if these rules were enabled: pack/name, pack/*, or *')
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      `
FINDING is a file, - for standard input, or the id of a finding in Security Hub. With --stage (or RIPOSTE_STAGE), it is followed through what that
deployment's router remembers, which is read and not changed; else it starts from nothing.

Examples:
  $ riposte rules route finding.json ./rules --at 2026-11-28T03:00:00Z
  $ riposte rules route finding.json ./rules --stage prod --region eu-west-1`,
    )
    .action(
      async (named: string, dir: string | undefined, options: RouteOptions, command: Command) => {
        const now = options.at === undefined ? new Date() : parseMoment(options.at, '--at');
        const { ruleSet, folder } = await readRuleSet(dir, cwd);
        const engine = openEngine(ruleSet, options.enable);
        const found = await findingsNamed(named, options, dependencies);
        const memory = namesDeployment(command)
          ? await dependencies.openMemory(options)
          : undefined;
        const paths: FindingPath[] = [];
        for (const finding of found.slice(0, most))
          paths.push(await routeFinding(engine, finding, now, memory));
        const deployment = memory?.name ?? null;
        if (options.json)
          terminal.print(
            jsonDocument({ schemaVersion: 1, folder, at: now, deployment, findings: paths }),
          );
        else {
          terminal.print(paths.map(routeText).join(`\n\n${'-'.repeat(40)}\n\n`));
          terminal.note(memory ? `${looked} ${memory.name}` : notLooked);
        }
        if (found.length > most) terminal.note(`the first ${most} of ${found.length} findings`);
      },
    );
}

/** The default stage is no wish to look into it. */
function namesDeployment(command: Command): boolean {
  return ['cli', 'env'].includes(command.getOptionValueSource('stage') ?? '');
}

async function findingsNamed(
  named: string,
  options: RouteOptions,
  { cwd, input, openSecurityHub }: RulesDependencies,
): Promise<readonly Finding[]> {
  const file = resolve(cwd, named);
  const isFile = named === '-' || existsSync(file);
  const source = isFile
    ? findingsInFile(named === '-' ? named : file, input)
    : (await openSecurityHub(options)).findingsById(named);
  const findings: Finding[] = [];
  const problems: string[] = [];
  for await (const batch of source.read())
    for (const reading of batch) {
      if ('finding' in reading) findings.push(reading.finding);
      else problems.push(`${reading.place}: ${reading.problem}`);
    }
  if (findings.length > 0) return findings;
  throw new NotFoundError(
    isFile
      ? [`${named} holds no finding`, ...problems.slice(0, 3)].join('; ')
      : `neither a file nor a finding in Security Hub: ${named}`,
    'give a file that holds a finding, or the whole id of one',
  );
}
