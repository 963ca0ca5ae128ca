import { admit, type ChannelCounter } from './channel-counter.ts';
import type { GroupMessage, HeldBack, RoutePolicy } from './group.ts';

/** Messages that go out now, and what became of the others. */
export interface Admitted {
  readonly messages: readonly GroupMessage[];
  /** Those that changed. */
  readonly counters: readonly ChannelCounter[];
  readonly held: readonly HeldBack[];
}

/** Counts messages against the limits of their channels; what is over goes into a digest. */
export function admitAll(
  policy: RoutePolicy,
  messages: readonly GroupMessage[],
  counters: readonly ChannelCounter[],
  now: Date,
): Admitted {
  const changed = new Map<string, ChannelCounter>();
  const admitted: GroupMessage[] = [];
  const held: HeldBack[] = [];
  for (const message of messages) {
    const { channel, groupKey } = message;
    const limit = limitOf(policy, channel);
    const known = changed.get(channel) ?? counters.find((counter) => counter.channel === channel);
    const result = limit && admit(known, message, limit, now);
    if (result) changed.set(channel, result.counter);
    if (result?.digestAt === undefined) admitted.push(message);
    else held.push({ groupKey, reason: 'rate-limit', by: channel, until: result.digestAt });
  }
  return { messages: admitted, counters: [...changed.values()], held };
}

function limitOf(policy: RoutePolicy, channel: string) {
  const settings =
    channel === policy.channel ? policy : policy.escalate.find((step) => step.channel === channel);
  const { maxPerHour, keepsIncidents = false } = settings ?? {};
  return maxPerHour === undefined ? undefined : { maxPerHour, closes: keepsIncidents };
}
