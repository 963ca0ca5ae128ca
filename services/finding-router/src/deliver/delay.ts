import { isPermanent, retryAfter } from '@riposte/lambda';
import { DeliveryExpiredError, DeliveryPostponedError } from '../errors.ts';
import type { DeliverPorts } from './ports.ts';

/** One try to deliver a message. */
export interface Attempt {
  readonly channel: string;
  /** ISO 8601: the message's age counts from here. */
  readonly since: string;
  /** This time included. */
  readonly receiveCount: number;
}

type DelayPorts = Pick<DeliverPorts, 'clock' | 'random' | 'settings'>;

/** @throws DeliveryExpiredError for a message that has waited too long. */
export function refuseExpired(attempt: Attempt, ports: DelayPorts): void {
  const { giveUpHours } = ports.settings;
  if (secondsLeft(attempt, ports) <= 0)
    throw new DeliveryExpiredError(attempt.channel, giveUpHours);
}

/**
 * The error of a try as the queue understands it: what a retry may mend says when. Each try waits about twice as long as the one before, unless the
 * error says how long; never longer than until the message is given up.
 */
export function later(error: unknown, attempt: Attempt, ports: DelayPorts): unknown {
  if (isPermanent(error)) return error;
  const asked = retryAfter(error);
  const left = Math.max(1, Math.ceil(secondsLeft(attempt, ports)));
  const seconds = Math.min(asked ?? backOffSeconds(attempt, ports), left);
  if (seconds === asked) return error;
  const cause = error instanceof DeliveryPostponedError ? error.cause : error;
  return new DeliveryPostponedError(attempt.channel, seconds, { cause });
}

function secondsLeft({ since }: Attempt, { clock, settings }: DelayPorts): number {
  const until = Date.parse(since) + settings.giveUpHours * 3_600_000;
  return (until - clock().getTime()) / 1000;
}

/** Between half and the whole of 2^n seconds, so that messages that failed together do not come back together. */
function backOffSeconds({ receiveCount }: Attempt, { random, settings }: DelayPorts): number {
  const whole = Math.min(2 ** receiveCount, settings.longestPauseSeconds);
  return Math.ceil(whole * (0.5 + random() / 2));
}
