import type { GroupState } from './group.ts';
import type { GroupReading, Heard, HeldReading } from './group-reading.ts';
import { mutedAt } from './muted.ts';
import { isLoud } from './say.ts';
import { flushTime, recheckTime } from './schedule.ts';
import { forgottenAt, isOpen } from './settle.ts';

/** When `due` has to run again: for what waits, for a repeat, for an escalation; at the latest when the first alert is forgotten. */
export function nextRun(
  reading: GroupReading,
  heard: Heard,
  after: GroupState,
): string | undefined {
  const { group, readings, now, at } = reading;
  const standing = heard.known.filter(({ cover }) => cover === undefined);
  const times = [
    ...heard.waiting.map((one) => tellTime(one, reading, after)),
    ...repeatTime(standing, reading, after),
    ...escalationTime(standing, reading, after),
    ...readings.flatMap(({ alert }) => (isOpen(alert) ? Date.parse(forgottenAt(alert)) : [])),
  ];
  // A run before its time puts nothing off: it may not have seen what is being written for the run in time.
  if (group.nextAt !== undefined && group.nextAt > at) times.push(Date.parse(group.nextAt));
  if (times.length === 0) return undefined;
  const next = times.reduce((first, time) => Math.min(first, time), Number.POSITIVE_INFINITY);
  return new Date(Math.max(next, now.getTime() + 1)).toISOString();
}

function tellTime({ hold }: HeldReading, reading: GroupReading, after: GroupState): number {
  const flush = flushTime(after, reading.now);
  const free = mutedUntil(reading, flush);
  return hold ? Math.max(free, recheckTime(hold.until, after, reading.now)) : free;
}

function repeatTime(
  standing: readonly HeldReading[],
  reading: GroupReading,
  after: GroupState,
): readonly number[] {
  const { repeat } = after.policy;
  if (repeat === undefined || after.lastAt === undefined || standing.length === 0) return [];
  return [whenLoud(Date.parse(after.lastAt) + repeat, standing, reading, after)];
}

function escalationTime(
  standing: readonly HeldReading[],
  reading: GroupReading,
  after: GroupState,
): readonly number[] {
  const { escalation, policy } = after;
  const step = escalation && policy.escalate[escalation.level];
  if (!step) return [];
  const { now, environment } = reading;
  const time = whenLoud(Date.parse(escalation.since) + step.after, standing, reading, after);
  const until = mutedAt(step, environment.timeIntervals, now)?.until?.getTime();
  return [until === undefined ? time : Math.max(until, time)];
}

/** A time that has passed without a message was held back. */
function whenLoud(
  time: number,
  standing: readonly HeldReading[],
  reading: GroupReading,
  after: GroupState,
): number {
  const { now } = reading;
  if (time > now.getTime()) return mutedUntil(reading, time);
  if (reading.muted || standing.some(isLoud))
    return mutedUntil(reading, recheckTime(undefined, after, now));
  const holds = standing.map(({ hold }) => recheckTime(hold?.until, after, now));
  return Math.min(...holds);
}

/** Not before the mute that holds now ends. */
function mutedUntil({ muted }: GroupReading, time: number): number {
  return muted?.until ? Math.max(time, muted.until.getTime()) : time;
}
