import type { Entry } from '../model/entry.ts';
import type { Signal } from '../model/signal.ts';
import { secondsOf } from './moments.ts';

/** A file may be this much newer than its inventory: the agent reads for a while, and writes whole seconds. */
export const futureToleranceSeconds = 60;

/**
 * What two states of one file say when they are held against one another. Sizes and times are what the node says of itself: whoever may
 * write a file may set its time, but seldom thinks of both.
 *
 * - `size-changed-time-kept`: another size under the same, known modification time.
 * - `time-went-backwards`: an earlier modification time than before; restored files and packages have that, too.
 * - `shrank`: smaller than before.
 * - `time-in-future`: modified more than 60 seconds after the inventory was taken.
 *
 * @param capturedAt when the later one was written down, ISO 8601.
 */
export function changeSignals(
  before: readonly Entry[],
  after: readonly Entry[],
  capturedAt: string,
): readonly Signal[] {
  const [is] = after;
  if (!is || after.length > 1) return [];
  const modified = secondsOf(is.attributes.ModificationTime);
  const captured = secondsOf(capturedAt);
  const isAhead =
    modified !== undefined &&
    captured !== undefined &&
    modified > captured + futureToleranceSeconds;
  const [was] = before;
  return [
    ...(was && before.length === 1 ? comparisonSignals(was.attributes, is.attributes) : []),
    ...(isAhead ? (['time-in-future'] as const) : []),
  ];
}

type Attributes = Entry['attributes'];

function comparisonSignals(was: Attributes, is: Attributes): readonly Signal[] {
  const [then, now] = [secondsOf(was.ModificationTime), secondsOf(is.ModificationTime)];
  const [larger, smaller] = [sizeOf(was), sizeOf(is)];
  const isResized = larger !== undefined && smaller !== undefined && larger !== smaller;
  const signals: Signal[] = [];
  if (isResized && then !== undefined && then === now) signals.push('size-changed-time-kept');
  if (then !== undefined && now !== undefined && now < then) signals.push('time-went-backwards');
  if (isResized && smaller < larger) signals.push('shrank');
  return signals;
}

function sizeOf({ Size }: Attributes): number | undefined {
  return Size !== undefined && /^\d+$/.test(Size) ? Number(Size) : undefined;
}
