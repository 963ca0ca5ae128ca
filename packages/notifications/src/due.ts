import { isDeepStrictEqual } from 'node:util';
import { groupAfter } from './after-flush.ts';
import type { AlertState, MarkedAlert } from './alert.ts';
import type { ChannelCounter } from './channel-counter.ts';
import type { Environment } from './environment.ts';
import { escalationOf } from './escalate.ts';
import type { GroupMessage, GroupState, HeldBack } from './group.ts';
import { readGroup } from './group-reading.ts';
import { marksOf } from './marks.ts';
import { admitAll } from './rate.ts';
import { newsOf } from './say.ts';

/** What a run of `due` comes to. */
export interface Flush {
  /** To be written before the group, each for itself; harmless if the group is never written. */
  readonly marks: readonly MarkedAlert[];
  /** To be written together with messages and counters, where the version is as read. The same object: nothing changes. */
  readonly group: GroupState;
  readonly messages: readonly GroupMessage[];
  readonly counters: readonly ChannelCounter[];
  readonly held: readonly HeldBack[];
}

/**
 * Tells what there is to tell of a group. It may run at any time and as often as it likes: what is not due is not told, and what has been told is not told
 * again.
 *
 * @param alerts all alerts of the group, read after the group.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#route (`group_wait`, `group_interval`, `repeat_interval`)
 * @example
 * const { marks, group, messages, counters } = due(stored, alerts, now, environment);
 */
export function due(
  group: GroupState,
  alerts: readonly AlertState[],
  now: Date,
  environment: Environment,
): Flush {
  const reading = readGroup(group, alerts, now, environment);
  const heard = newsOf(reading);
  const escalated = escalationOf(reading, heard);
  const said = [...heard.messages, ...escalated.messages];
  const { messages, counters, held } = admitAll(group.policy, said, environment.counters, now);
  const { marks, flush } = marksOf(reading, heard);
  const after = groupAfter(reading, heard, escalated, flush);
  const isSame = isDeepStrictEqual(after, group);
  return {
    marks,
    group: isSame ? group : { ...after, version: group.version + 1 },
    messages,
    counters,
    held: [...heard.held, ...escalated.held, ...held],
  };
}
