import type { EscalationStep, GroupMessage, GroupState, HeldBack } from './group.ts';
import { groupMessage } from './group-message.ts';
import type { GroupReading, Heard } from './group-reading.ts';
import { mutedAt } from './muted.ts';
import { isLoud } from './say.ts';

/** How far a group has been escalated, and what that tells now. */
export interface Escalated {
  readonly messages: readonly GroupMessage[];
  readonly held: readonly HeldBack[];
  /** Absent: nothing is open that nobody has acknowledged. */
  readonly state?: NonNullable<GroupState['escalation']>;
}

/**
 * Tells the next channels of what nobody acknowledges in time, each step once. Time runs from the first message about something that nobody has taken on,
 * and ends when everything is acknowledged or resolved. A step waits while the route or its own channel is muted, and while all of it is silenced.
 */
export function escalationOf(reading: GroupReading, heard: Heard): Escalated {
  const { group, at, now } = reading;
  const standing = heard.known.filter(({ cover }) => cover === undefined);
  if (standing.length === 0 || group.policy.escalate.length === 0)
    return { messages: [], held: [] };
  const { since, level } = group.escalation ?? { since: at, level: 0 };
  const steps = group.policy.escalate.slice(level);
  const pending = steps.findIndex(({ after }) => now.getTime() < Date.parse(since) + after);
  const overdue = pending < 0 ? steps : steps.slice(0, pending);
  const loud = standing.filter(isLoud);
  const blocks = overdue.map((step) => heldBy(reading, step));
  const blocked = blocks.findIndex((hold) => hold !== undefined);
  const open = blocked < 0 ? overdue : overdue.slice(0, blocked);
  const sent = loud.length > 0 ? open : [];
  const messages = sent.map(({ channel }, index) =>
    groupMessage(
      group,
      {
        kind: 'escalation',
        status: 'escalated',
        channel,
        readings: loud,
        change: 'open',
        level: level + index + 1,
      },
      group.sequence + heard.messages.length + index,
      at,
    ),
  );
  const held = loud.length > 0 ? blocks.flatMap((hold) => hold ?? []) : [];
  return { messages, held, state: { since, level: level + sent.length } };
}

function heldBy(reading: GroupReading, step: EscalationStep): HeldBack | undefined {
  const { group, muted, environment, now } = reading;
  const hold = muted ?? mutedAt(step, environment.timeIntervals, now);
  if (!hold) return undefined;
  const { reason, by, until } = hold;
  const detail = `escalation to ${step.channel}`;
  return { groupKey: group.key, reason, by, detail, ...(until && { until: until.toISOString() }) };
}
