import { setTimeout as sleep } from 'node:timers/promises';
import type { AttachedStage } from '@riposte/local-stage';
import type { Command } from 'commander';
import { exportsOf } from '../aws/exports.ts';
import { jsonDocument } from '../format/json.ts';
import { stageClientConfig } from './stage-client-config.ts';
import { attach, type StageDependencies, type StageNameOptions } from './stage-context.ts';
import { localStage } from './stage-environment.ts';
import { eventLine, stageEvents } from './stage-events.ts';

interface EventsOptions extends StageNameOptions {
  readonly follow?: boolean;
  readonly json?: boolean;
}

/** Adds `riposte stage events`. */
export function addEventsCommand(stage: Command, dependencies: StageDependencies): void {
  const { terminal } = dependencies;
  stage
    .command('events')
    .description('what happened: calls of functions, calls that were played, messages to people')
    .option('--name <name>', 'which stage, where several run', 'dev')
    .option('--follow', 'go on until interrupted')
    .option('--json', 'one JSON document; with --follow, one a line')
    .action(async ({ name, follow = false, json = false }: EventsOptions) => {
      const attached = await attach({ name }, dependencies);
      const topics = await alertTopics(attached);
      if (follow)
        return followEvents(attached, topics, (event) => {
          terminal.print(json ? JSON.stringify(event) : eventLine(event));
        });
      const events = await stageEvents(attached, topics);
      if (json) terminal.print(jsonDocument({ events }));
      else
        terminal.print(
          events.map(eventLine).join('\n') || 'Nothing happened yet: riposte stage play stop-trail',
        );
    });
}

async function followEvents(
  stage: AttachedStage,
  topics: readonly string[],
  tell: (event: Awaited<ReturnType<typeof stageEvents>>[number]) => void,
): Promise<void> {
  const told = new Set<string>();
  for (;;) {
    for (const event of await stageEvents(stage, topics)) {
      if (!told.has(event.key)) tell(event);
      told.add(event.key);
    }
    await sleep(500);
  }
}

/** The alerts topic, once foundation is deployed. */
async function alertTopics(stage: AttachedStage): Promise<readonly string[]> {
  const name = `riposte-${localStage}-AlertsTopicArn`;
  const topic = (await exportsOf(stageClientConfig(stage), name)).get(name);
  return topic === undefined ? [] : [topic];
}
