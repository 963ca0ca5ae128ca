import type { AlertState } from './alert.ts';
import { type Environment, holdOf } from './environment.ts';
import type { GroupMessage, GroupState, HeldBack } from './group.ts';
import { type Muted, mutedAt } from './muted.ts';
import { type Reading, readingOf } from './news.ts';
import { flushTime } from './schedule.ts';
import { isForgotten, isOpen, settled } from './settle.ts';

/** An alert of a group, with what there is to say and what keeps quiet about it. */
export interface HeldReading extends Reading {
  /** As it is stored. */
  readonly stored: AlertState;
  readonly hold?: HeldBack;
}

/** A group at one moment, with everything that decides what is told. */
export interface GroupReading {
  readonly group: GroupState;
  readonly now: Date;
  /** `now`, in ISO 8601. */
  readonly at: string;
  readonly environment: Environment;
  readonly readings: readonly HeldReading[];
  readonly muted?: Muted;
  /** What waits may be told. */
  readonly ready: boolean;
}

/** What of it is told at that moment. */
export interface Heard {
  readonly messages: readonly GroupMessage[];
  readonly kind?: 'news' | 'repeat';
  readonly status?: GroupMessage['status'];
  /** News that is told now. */
  readonly telling: readonly HeldReading[];
  /** News that is told later, or never if it ends before. */
  readonly waiting: readonly HeldReading[];
  /** What is open and people know of, once this is told. */
  readonly known: readonly HeldReading[];
  readonly held: readonly HeldBack[];
}

export function readGroup(
  group: GroupState,
  alerts: readonly AlertState[],
  now: Date,
  environment: Environment,
): GroupReading {
  const at = now.toISOString();
  const muted = mutedAt(group.policy, environment.timeIntervals, now);
  const readings = alerts
    .filter((alert) => !isForgotten(alert, at))
    .map((stored): HeldReading => {
      const reading = readingOf(settled(stored, group), group.policy);
      const hold = isOpen(reading.alert) ? holdOf(reading, environment, now) : undefined;
      return { ...reading, stored, ...(hold && { hold }) };
    });
  const ready = muted === undefined && flushTime(group, now) <= now.getTime();
  return { group, now, at, environment, readings, ready, ...(muted && { muted }) };
}
