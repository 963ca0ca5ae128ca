import {
  NotificationError,
  parseDuration,
  type Silence,
  type SilenceRequest,
  silenceOf,
} from '@riposte/notifications';
import { InvalidOptionError, RefusedError } from '../errors.ts';
import { parseMoment } from '../parse-moment.ts';
import { parseMatcher } from './parse-matcher.ts';
import type { SilencesPorts } from './ports.ts';

/** What a person asks for, as the command line has it. */
export interface AddRequest {
  readonly matchers: readonly string[];
  readonly reason: string;
  /** How long, e.g. `2h`; or `until`, a time. One of them is given. */
  readonly for?: string;
  readonly until?: string;
  readonly from?: string;
  readonly untilResolved?: boolean;
}

const longest = 365 * 86_400_000;

/**
 * Adds a silence in the name of whoever runs the command. The same request at the same time is the same silence.
 *
 * @throws InvalidOptionError in words for who asks.
 */
export async function addSilence(request: AddRequest, ports: SilencesPorts): Promise<Silence> {
  const now = ports.clock();
  const starts = request.from === undefined ? now : parseMoment(request.from, '--from');
  const ends = endOf(request, starts);
  if (ends.getTime() <= now.getTime())
    throw wrong('--until', 'that is over', 'give a time to come');
  if (ends.getTime() - starts.getTime() > longest) {
    const remedy =
      'what nobody wants to be told for so long belongs into a rule: see docs/rules.md';
    throw wrong('--until', 'a silence lasts a year at most', remedy);
  }
  const silence = checked({
    matchers: request.matchers.map(parseMatcher),
    startsAt: starts.toISOString(),
    endsAt: ends.toISOString(),
    author: ports.caller,
    reason: request.reason,
    ...(request.untilResolved && { untilResolved: true }),
  });
  if (await ports.write({ silence, version: 1 })) return silence;
  throw new RefusedError('this silence is there already', 'look: riposte silences list');
}

function endOf({ for: duration, until }: AddRequest, starts: Date): Date {
  if ((duration === undefined) === (until === undefined)) {
    throw wrong('--for, --until', 'a silence has one end', 'give one of them, e.g. --for 2h');
  }
  if (until !== undefined) return parseMoment(until, '--until');
  try {
    return new Date(starts.getTime() + parseDuration(duration ?? ''));
  } catch (error) {
    throw inWords('--for', error);
  }
}

function checked(request: SilenceRequest): Silence {
  try {
    return silenceOf(request);
  } catch (error) {
    throw inWords('silence', error);
  }
}

function inWords(field: string, error: unknown): unknown {
  if (!(error instanceof NotificationError)) return error;
  return wrong(field, error.message, 'docs/notifications.md says what a silence needs', error);
}

function wrong(field: string, problem: string, remedy: string, cause?: unknown) {
  return new InvalidOptionError(field, problem, remedy, { cause });
}
