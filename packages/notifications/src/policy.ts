import type { Channel, Escalation, Grouping, Notify } from '@riposte/rules';
import { parseDuration } from './duration.ts';
import { UnknownChannelError } from './errors.ts';
import type { EscalationStep, RoutePolicy } from './group.ts';

/** Where neither rule nor channel says how: Alertmanager's wait and interval; never repeated. */
const defaultGrouping: Grouping = {
  by: ['account', 'region', 'rule'],
  wait: '30s',
  interval: '5m',
};

/**
 * How a rule's `notify` tells: its own settings, else those of its channel, else the defaults.
 *
 * @throws UnknownChannelError, InvalidDurationError: what `rules check` refuses.
 */
export function policyOf(notify: Notify, channels: readonly Channel[]): RoutePolicy {
  const channel = named(channels, notify.channel);
  const { by, wait, interval, repeat } = notify.group ?? channel.group ?? defaultGrouping;
  const mute = notify.mute ?? channel.mute;
  const active = notify.active ?? channel.active;
  const title = notify.title ?? channel.title;
  const body = notify.body ?? channel.body;
  return {
    channel: channel.name,
    by,
    wait: parseDuration(wait),
    interval: parseDuration(interval),
    ...(repeat !== undefined && { repeat: parseDuration(repeat) }),
    resolved: notify.resolved ?? channel.resolved ?? true,
    ...(mute && { mute }),
    ...(active && { active }),
    escalate: (notify.escalate ?? channel.escalate ?? [])
      .map((step) => stepOf(step, channels))
      .sort((one, other) => one.after - other.after),
    ...(channel.maxPerHour !== undefined && { maxPerHour: channel.maxPerHour }),
    keepsIncidents: channel.type === 'pagerduty',
    ...(title !== undefined && { title }),
    ...(body !== undefined && { body }),
  };
}

function stepOf({ after, channel }: Escalation, channels: readonly Channel[]): EscalationStep {
  const { name, type, mute, active, maxPerHour } = named(channels, channel);
  return {
    after: parseDuration(after),
    channel: name,
    keepsIncidents: type === 'pagerduty',
    ...(mute && { mute }),
    ...(active && { active }),
    ...(maxPerHour !== undefined && { maxPerHour }),
  };
}

function named(channels: readonly Channel[], name: string): Channel {
  const channel = channels.find((candidate) => candidate.name === name);
  if (!channel) throw new UnknownChannelError(name);
  return channel;
}
