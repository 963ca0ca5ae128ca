import { type Command, InvalidArgumentError } from 'commander';
import { jsonDocument } from '../format/json.ts';
import { type PlayRequest, performanceText, playRequest } from './play-request.ts';
import { scenarios } from './scenarios.ts';
import { attach, type StageDependencies, type StageNameOptions } from './stage-context.ts';

interface PlayOptions extends StageNameOptions, Omit<PlayRequest, 'what'> {
  readonly json?: boolean;
}

/** Adds `riposte stage play`. */
export function addPlayCommand(stage: Command, dependencies: StageDependencies): void {
  const known = Object.entries(scenarios).map(([name, { what }]) => `  ${name.padEnd(18)} ${what}`);
  stage
    .command('play <scenario>')
    .description('make something happen for real, or deliver the event of a file')
    .option('--name <name>', 'which stage, where several run', 'dev')
    .option('--trail <trail>', 'name of the trail; made where there is none', 'main')
    .option('--user <user>', 'who does it', 'mallory')
    .option('--duplicates <count>', 'further copies of the event', count, 0)
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      `\nScenarios:\n${known.join('\n')}\n\nExamples:\n  $ riposte stage play stop-trail --duplicates 5\n  $ riposte stage play services/cloudtrail-guard/events/restart-trail.json`,
    )
    .action(async (what: string, { name, json, ...how }: PlayOptions) => {
      const played = await playRequest({ what, ...how }, await attach({ name }, dependencies));
      dependencies.terminal.print(json ? jsonDocument(played) : performanceText(played));
    });
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= 1000) return value;
  throw new InvalidArgumentError('give a whole number from 0 to 1000.');
}
