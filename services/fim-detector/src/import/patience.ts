import { escapeText } from '@riposte/findings';
import { HubUnavailableError } from '../errors.ts';
import type { HubPlace } from './hub.ts';
import type { Pace } from './pace.ts';
import { refusalKind } from './refusal-kind.ts';

/** What waiting needs. */
export interface PatienceOptions {
  readonly pace: Pace;
  /** Milliseconds until the function is stopped. */
  readonly timeLeft: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** Kept for what comes after: messages that are put aside, a log. */
const reserve = 5_000;
const first = 250;
const longest = 5_000;

/**
 * Makes a call in its turn, and again while the service is busy or away: after a while that doubles, as long as there is time. A refusal
 * that no waiting changes is thrown as it is.
 *
 * @throws HubUnavailableError when no time is left.
 */
export async function withPatience<T>(
  place: HubPlace,
  { pace, timeLeft, wait, random }: PatienceOptions,
  call: () => Promise<T>,
): Promise<T> {
  const where = `${place.account} ${place.region}`;
  let said = 'no time was left to ask';
  let cause: unknown;
  for (let pause = first; await pace(where, timeLeft() - reserve); pause *= 2) {
    try {
      return await call();
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      if (refusalKind(name) !== 'passing') throw error;
      cause = error;
      said = escapeText(`${name}: ${error instanceof Error ? error.message : ''}`, 200);
    }
    const rest = Math.min(pause, longest) * (0.5 + random() / 2);
    if (rest > timeLeft() - reserve) break;
    await wait(rest);
  }
  throw new HubUnavailableError(where, said, { cause });
}
