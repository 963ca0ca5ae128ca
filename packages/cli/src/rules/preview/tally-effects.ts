import type { Finding } from '@riposte/findings';
import type { Action, Channel, Escalation } from '@riposte/rules';
import { actionTarget } from './action-target.ts';
import type { ActionReport, ToldReport } from './preview-report.ts';
import { type FirstTimes, SeverityTally } from './tally.ts';

interface Count {
  readonly name: string;
  readonly what: string;
  findings: number;
  closed: number;
  readonly severities: SeverityTally;
  readonly rules: Set<string>;
  readonly escalations: Set<string>;
}

/** A finding as it stands after the rules, and what is done about it. */
export interface Effect {
  readonly key: string;
  readonly finding: Finding;
  readonly isClosed: boolean;
  readonly rule: string;
  readonly action: Action;
}

/** Evidence is kept, and systems are fed, whether a finding is open or closed. */
const forClosedToo: ReadonlySet<string> = new Set([
  'evidence',
  'invoke',
  'queue',
  'event',
  'enrich',
]);

/** Counts who would be told, and what would run. */
export class EffectsTally {
  private readonly told = new Map<string, Count>();
  private readonly actions = new Map<string, Count>();
  private readonly channels: ReadonlyMap<string, Channel>;
  private readonly firstTimes: FirstTimes;

  constructor(channels: readonly Channel[], firstTimes: FirstTimes) {
    this.channels = new Map(channels.map((channel) => [channel.name, channel]));
    this.firstTimes = firstTimes;
  }

  add(effect: Effect): void {
    const { action } = effect;
    if ('notify' in action) {
      const { channel, escalate } = action.notify;
      const count = this.count(this.told, 'message', channel, effect);
      for (const { after, channel: next } of escalate ?? this.escalationsOf(channel))
        count.escalations.add(`${next} after ${after}`);
    } else if ('ticket' in action) this.count(this.told, 'ticket', action.ticket.channel, effect);
    else {
      const target = actionTarget(action);
      if (target) this.count(this.actions, target.action, target.target, effect);
    }
  }

  toldReport(): readonly ToldReport[] {
    return sorted(this.told).map((count) => ({
      channel: count.name,
      type: this.channels.get(count.name)?.type ?? 'unknown',
      kind: count.what === 'ticket' ? 'ticket' : 'message',
      findings: count.findings,
      closed: count.closed,
      bySeverity: count.severities.report(),
      rules: [...count.rules],
      escalations: [...count.escalations],
    }));
  }

  actionsReport(): readonly ActionReport[] {
    return sorted(this.actions).map((count) => ({
      action: actionName(count.what),
      target: count.name,
      findings: count.findings,
      closed: count.closed,
      rules: [...count.rules],
    }));
  }

  private escalationsOf(channel: string): readonly Escalation[] {
    return this.channels.get(channel)?.escalate ?? [];
  }

  private count(
    counts: Map<string, Count>,
    what: string,
    name: string,
    { key, finding, isClosed, rule }: Effect,
  ): Count {
    const id = JSON.stringify([what, name]);
    const count = counts.get(id) ?? emptyCount(what, name);
    counts.set(id, count);
    count.rules.add(rule);
    if (!this.firstTimes.isFirst(key, id)) return count;
    if (isClosed && !forClosedToo.has(what)) count.closed += 1;
    else {
      count.findings += 1;
      count.severities.add(finding);
    }
    return count;
  }
}

function emptyCount(what: string, name: string): Count {
  return {
    name,
    what,
    findings: 0,
    closed: 0,
    severities: new SeverityTally(),
    rules: new Set(),
    escalations: new Set(),
  };
}

function sorted(counts: ReadonlyMap<string, Count>): readonly Count[] {
  return [...counts.values()].sort(
    (a, b) => b.findings - a.findings || b.closed - a.closed || (a.name < b.name ? -1 : 1),
  );
}

const actionNames: readonly ActionReport['action'][] = [
  ...([
    'remediate',
    'automation',
    'invoke',
    'queue',
    'event',
    'tag',
    'evidence',
    'enrich',
  ] as const),
];

function actionName(name: string): ActionReport['action'] {
  return actionNames.find((known) => known === name) ?? 'enrich';
}
