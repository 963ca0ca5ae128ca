import { setTimeout as sleep } from 'node:timers/promises';
import { DemoFailedError } from '../errors.ts';

/** How long something may take, and how often it is asked for. */
export interface Patience {
  readonly withinMs: number;
  readonly everyMs: number;
}

/**
 * Asks until there is an answer.
 *
 * @param what is waited for, in words.
 * @throws DemoFailedError when there is none in time.
 */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  { withinMs, everyMs }: Patience = { withinMs: 20_000, everyMs: 50 },
): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > until) {
      throw new DemoFailedError(
        `${what}: not within ${withinMs / 1000} s`,
        'run it again with --json for all that was found; npm test says more',
      );
    }
    await sleep(everyMs);
  }
}

/** What to do where the demo itself is wrong. */
export const faultOfRiposte = 'this is a fault of Riposte: please report it';

/**
 * Makes sure that what was promised is so.
 *
 * @throws DemoFailedError
 */
export function promised(isSo: boolean, what: string): void {
  if (!isSo) throw new DemoFailedError(what, faultOfRiposte);
}
