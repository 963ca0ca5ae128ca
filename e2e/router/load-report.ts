import type { RecordedCall } from '@riposte/local-stage';
import { percentile } from '../guard/load-figures.ts';
import type { RouterWorld } from './router-world.ts';

/** What is known of a load after it. */
export interface LoadReport {
  readonly count: number;
  readonly world: RouterWorld;
  readonly calls: CallCounts;
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

/** What functions called, counted as it happens. */
export interface CallCounts {
  /** By the function's application id. */
  readonly byFunction: ReadonlyMap<string, number>;
  /** How many findings each update carried. */
  readonly updateSizes: readonly number[];
  count(call: RecordedCall): void;
}

/** Counts calls of functions. */
export function callCounts(): CallCounts {
  const byFunction = new Map<string, number>();
  const updateSizes: number[] = [];
  return {
    byFunction,
    updateSizes,
    count({ appId = '', operation, parameters }) {
      if (!appId.startsWith('riposte-')) return;
      byFunction.set(appId, (byFunction.get(appId) ?? 0) + 1);
      if (operation !== 'BatchUpdateFindings') return;
      updateSizes.push(Object(parameters).FindingIdentifiers?.length ?? 0);
    },
  };
}

/** The figures of a load, a line each. */
export function loadReport(
  load: Partial<LoadReport> & Pick<LoadReport, 'count' | 'world' | 'calls'>,
): string {
  const { count, world, durationMs = 0, deliveredMs = 0 } = load;
  const { byFunction, updateSizes } = load.calls;
  const calls = [...byFunction.values()].reduce((sum, one) => sum + one, 0);
  const sizes = updateSizes.toSorted((one, other) => one - other);
  const { jira, servicenow, webhook } = world.doubles;
  return [
    '',
    `load: ${count} findings, 20 % twice and in disorder; events sent in ${seconds(deliveredMs)}, all done after ${seconds(durationMs)}`,
    `  calls: ${calls} (${(calls / count).toFixed(1)} a finding); failed by injection on AWS: ${load.awsFaults}, at receivers: ${load.httpFaults}`,
    `  by function: ${mostFirst(byFunction)}`,
    `  updates of findings: ${sizes.length} calls, median ${percentile(sizes, 50)} findings each, most ${sizes.at(-1)}`,
    `  tickets: ${jira.issues().length} in Jira, ${servicenow.incidents().length} in ServiceNow (away for a while)`,
    `  messages: ${webhook.deliveries().length} webhooks (${load.repeats} repeated), ${load.slackMessages} in Slack`,
    `  minutes played: ${load.rounds}; dead letters: ${load.deadLetters}`,
    '',
  ].join('\n');
}

/** How many calls each function made, the most first. */
function mostFirst(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([appId, count]) => `${appId.replace('riposte-', '')} ${count}`)
    .join(', ');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
