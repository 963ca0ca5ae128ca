import type { RecordedCall } from '@riposte/local-stage';
import { percentile } from '../guard/load-figures.ts';
import type { RouterWorld } from './router-world.ts';

/** What is known of a load after it. */
export interface LoadReport {
  readonly count: number;
  readonly world: RouterWorld;
  deliveredMs: number;
  durationMs: number;
  /** Minutes that were played. */
  rounds: number;
  awsFaults: number;
  httpFaults: number;
  repeats: number;
  slackMessages: number;
  deadLetters: number;
}

/** The figures of a load, a line each. */
export function loadReport(
  load: Partial<LoadReport> & Pick<LoadReport, 'count' | 'world'>,
): string {
  const { count, world, durationMs = 0, deliveredMs = 0 } = load;
  const calls = world.stage.calls().filter(({ appId }) => appId?.startsWith('riposte-'));
  const updates = calls.filter(({ operation }) => operation === 'BatchUpdateFindings');
  const sizes = updates
    .map(({ parameters }) => Object(parameters).FindingIdentifiers?.length ?? 0)
    .sort((one, other) => one - other);
  const { jira, servicenow, webhook } = world.doubles;
  return [
    '',
    `load: ${count} findings, 20 % twice and in disorder; events sent in ${seconds(deliveredMs)}, all done after ${seconds(durationMs)}`,
    `  calls: ${calls.length} (${(calls.length / count).toFixed(1)} a finding); failed by injection on AWS: ${load.awsFaults}, at receivers: ${load.httpFaults}`,
    `  by function: ${byFunction(calls)}`,
    `  updates of findings: ${updates.length} calls, median ${percentile(sizes, 50)} findings each, most ${sizes.at(-1)}`,
    `  tickets: ${jira.issues().length} in Jira, ${servicenow.incidents().length} in ServiceNow (away for a while)`,
    `  messages: ${webhook.deliveries().length} webhooks (${load.repeats} repeated), ${load.slackMessages} in Slack`,
    `  minutes played: ${load.rounds}; dead letters: ${load.deadLetters}`,
    '',
  ].join('\n');
}

/** How many calls each function made, the most first. */
function byFunction(calls: readonly RecordedCall[]): string {
  const counts = new Map<string, number>();
  for (const { appId = '' } of calls) counts.set(appId, (counts.get(appId) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([appId, count]) => `${appId.replace('riposte-', '')} ${count}`)
    .join(', ');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
