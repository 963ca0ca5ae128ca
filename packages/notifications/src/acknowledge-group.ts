import type { Acknowledgement, AlertState } from './alert.ts';
import type { GroupState } from './group.ts';
import { coverOf, isForgotten, isOpen, isTold, settled } from './settle.ts';

/** What it comes to when somebody takes a whole group on. */
export type TakenOn =
  /** Alerts on which the acknowledgement is to be noted. */
  | { readonly state: 'acknowledged'; readonly alerts: readonly AlertState[] }
  /** Somebody was faster, for all of it. */
  | { readonly state: 'already'; readonly acknowledgement: Acknowledgement }
  /** Nothing is open that anybody was told of. */
  | { readonly state: 'closed' };

/**
 * Which alerts of a group an acknowledgement is for: those that are open, that people were told of, and that nobody has taken on. What has come in since
 * and was not told yet is news to whoever acknowledges, and is told.
 *
 * @param alerts all alerts of the group, read after the group.
 */
export function acknowledgeGroup(
  group: GroupState,
  alerts: readonly AlertState[],
  now: Date,
): TakenOn {
  const at = now.toISOString();
  const known = alerts
    .filter((alert) => !isForgotten(alert, at))
    .map((stored) => ({ stored, alert: settled(stored, group) }))
    .filter(({ alert }) => isOpen(alert) && isTold(alert))
    .map(({ stored, alert }) => ({ stored, cover: coverOf(alert) }));
  const left = known.filter(({ cover }) => cover === undefined);
  if (left.length > 0) return { state: 'acknowledged', alerts: left.map(({ stored }) => stored) };
  const covers = known.flatMap(({ cover }) => cover ?? []);
  const [last] = covers.toSorted((one, other) => (one.at > other.at ? -1 : 1));
  return last ? { state: 'already', acknowledgement: last } : { state: 'closed' };
}
