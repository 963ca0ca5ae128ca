import type { Escalated } from './escalate.ts';
import type { GroupState } from './group.ts';
import type { GroupReading, Heard } from './group-reading.ts';
import { keptAfterEnd } from './marks.ts';
import { nextRun } from './next-run.ts';
import { isOpen } from './settle.ts';

/** What becomes of a group: it goes on, or ends because nothing in it is open any more and everything is told. The version is that which was read. */
export function groupAfter(
  reading: GroupReading,
  heard: Heard,
  escalated: Escalated,
  flush: string | undefined,
): GroupState {
  const { group, readings, at } = reading;
  const sequence = group.sequence + heard.messages.length + escalated.messages.length;
  // Before its time it does not end: an alert may be on its way that counts on the run in time.
  const isEarly = group.nextAt !== undefined && group.nextAt > at;
  const isOver =
    !isEarly && heard.waiting.length === 0 && !readings.some(({ alert }) => isOpen(alert));
  if (isOver) return ended(reading, sequence, flush);
  const { pendingSince, lastAt, nextAt: _, escalation: __, escalated: ___, ...rest } = group;
  const channels = channelsAfter(group, heard, escalated);
  const isPending = heard.waiting.some(({ hold }) => hold === undefined);
  const since = isPending ? pendingSince : undefined;
  const last = heard.kind === undefined ? lastAt : at;
  const after: GroupState = {
    ...rest,
    sequence,
    repeats: repeatsAfter(group, heard),
    ...(since !== undefined && { pendingSince: since }),
    ...(last !== undefined && { lastAt: last }),
    ...(escalated.state && { escalation: escalated.state }),
    ...(channels.length > 0 && { escalated: channels }),
    ...(flush !== undefined && { flush }),
  };
  const nextAt = nextRun(reading, heard, after);
  return { ...after, ...(nextAt !== undefined && { nextAt }) };
}

/** It stays for a while, as its alerts do; its messages are counted on, so that no two have the same id. */
function ended(
  { group, now }: GroupReading,
  sequence: number,
  flush: string | undefined,
): GroupState {
  const { key, policy, values, version, expiresAt } = group;
  return {
    key,
    policy,
    values,
    version,
    sequence,
    repeats: 0,
    ...(flush !== undefined && { flush }),
    expiresAt: expiresAt ?? new Date(now.getTime() + keptAfterEnd).toISOString(),
  };
}

function repeatsAfter({ repeats }: GroupState, { kind }: Heard): number {
  if (kind === undefined) return repeats;
  return kind === 'repeat' ? repeats + 1 : 0;
}

/** Once all is resolved, a new alert begins anew. */
function channelsAfter(
  group: GroupState,
  { status }: Heard,
  { messages }: Escalated,
): readonly string[] {
  if (status === 'resolved') return [];
  const heard = [...(group.escalated ?? []), ...messages.map(({ channel }) => channel)];
  return [...new Set(heard)].filter((channel) => channel !== group.policy.channel);
}
