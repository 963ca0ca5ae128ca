import type { Clock } from '@riposte/responses';

/** How fast, and by whose clock. */
export interface PaceOptions {
  readonly perSecond: number;
  readonly clock: Clock;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Waits for its turn in a lane. False, and no turn is taken, where it would have to wait longer than it may. */
export type Pace = (lane: string, atMost: number) => Promise<boolean>;

/**
 * Lets calls through one after another, so many a second in each lane, whoever makes them in this process. As no more than so many
 * processes run at once, each of them keeping its share keeps the whole within what the service takes.
 *
 * @example
 * const pace = paceOf({ perSecond: 1, clock, wait });
 * await pace('123456789012 eu-west-1', 30_000);
 */
export function paceOf({ perSecond, clock, wait }: PaceOptions): Pace {
  const apart = 1_000 / perSecond;
  const free = new Map<string, number>();
  return async (lane, atMost) => {
    const now = clock().getTime();
    const turn = Math.max(now, free.get(lane) ?? 0);
    if (turn - now > atMost) return false;
    free.set(lane, turn + apart);
    if (turn > now) await wait(turn - now);
    return true;
  };
}
