import type { GroupState, HeldBack } from './group.ts';

type Timed = Pick<GroupState, 'pendingSince' | 'lastAt' | 'policy'>;

/** When what waits may be told: `wait` after the first of it came in, and not before `interval` has passed since the last message. What was silenced or inhibited has waited. */
export function flushTime({ pendingSince, lastAt, policy }: Timed, now: Date): number {
  const first = pendingSince === undefined ? now.getTime() : Date.parse(pendingSince) + policy.wait;
  return lastAt === undefined ? first : Math.max(first, Date.parse(lastAt) + policy.interval);
}

/** A silence may be ended, an inhibiting finding resolved at any time: what they hold back is looked at again after an interval, and after a minute at least. */
const leastRecheck = 60_000;

/** When something that is held back is looked at again. */
export function recheckTime(
  until: HeldBack['until'],
  { policy }: Pick<GroupState, 'policy'>,
  now: Date,
): number {
  const again = now.getTime() + Math.max(policy.interval, leastRecheck);
  return until === undefined ? again : Math.min(again, Date.parse(until));
}
