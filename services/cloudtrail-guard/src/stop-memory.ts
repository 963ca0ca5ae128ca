import type { Clock } from '@riposte/responses';

/** Stops that this instance of the function has seen. */
export interface StopMemory {
  /** Notes a stop; true when the same trail was stopped within the window before. */
  note(trailArn: string): boolean;
}

/** How close together three stops must be to be escalated. */
export const windowMs = 600_000;

/**
 * Remembers stops for ten minutes, so that only a trail that was stopped before costs a query. An instance sees only its own part: the sweep counts them all.
 */
export function stopMemory(clock: Clock): StopMemory {
  const seen = new Map<string, number>();
  return {
    note(trailArn) {
      const now = clock().getTime();
      for (const [arn, at] of seen) if (now - at > windowMs) seen.delete(arn);
      const isAgain = seen.has(trailArn);
      seen.set(trailArn, now);
      return isAgain;
    },
  };
}
