import type { Matcher } from '@riposte/rules';
import type { Alert, Labels } from './alert.ts';
import { contentId } from './content-id.ts';
import { InvalidSilenceError } from './errors.ts';
import { matches } from './matchers.ts';

/** One item of the store, by `id`: what nobody wants to be told for a while, who says so, and why. Times are ISO 8601 in UTC. */
export interface Silence {
  readonly id: string;
  readonly matchers: readonly Matcher[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly author: string;
  readonly reason: string;
  /** It ends as soon as every finding that it silenced is resolved, at `endsAt` at the latest. */
  readonly untilResolved?: boolean;
  /** Keys of alerts that it silences and that are open; only with `untilResolved`. */
  readonly open?: readonly string[];
  /** Why it ended before its time. */
  readonly ended?: { readonly at: string; readonly by: string };
}

/** What a person gives. */
export type SilenceRequest = Omit<Silence, 'id' | 'open' | 'ended'>;

/** So many alerts of an `untilResolved` silence are watched: keys of 44 characters in one item. */
const mostWatched = 1_000;

/**
 * Makes a silence of what somebody asks for. The same request makes the same silence.
 *
 * @throws InvalidSilenceError, InvalidMatcherError in words for who asked.
 * @see https://prometheus.io/docs/alerting/latest/alertmanager/#silences
 */
export function silenceOf(request: SilenceRequest): Silence {
  const wrong = problemOf(request);
  if (wrong !== undefined) throw new InvalidSilenceError(wrong);
  const { matchers, author, reason, untilResolved } = request;
  const silence = {
    matchers: matchers.map(({ label, op, value }) => ({ label, op, value })),
    startsAt: new Date(request.startsAt).toISOString(),
    endsAt: new Date(request.endsAt).toISOString(),
    author,
    reason,
    ...(untilResolved && { untilResolved }),
  };
  return { id: contentId('sil', silence), ...silence };
}

function problemOf(request: SilenceRequest): string | undefined {
  const { matchers, startsAt, endsAt, author, reason } = request;
  if (author.trim() === '') return 'a silence needs an author';
  if (reason.trim() === '') return 'a silence needs a reason';
  const [from, to] = [Date.parse(startsAt), Date.parse(endsAt)];
  if (!(from < to)) return 'a silence ends after it starts; both are ISO 8601 times';
  // As Alertmanager: what fits an alert without labels would silence everything.
  if (matchers.every((matcher) => matches([matcher], {})))
    return 'a silence needs a matcher that an empty label does not fulfil';
  return undefined;
}

/** Whether a silence is in force at a moment; its end is not included. */
export function isActive(silence: Silence, now: Date): boolean {
  const moment = now.toISOString();
  return silence.startsAt <= moment && moment < silence.endsAt;
}

/** The silence in force that ends last of those that fit, so that its end is the end of the silence. */
export function silencedBy(
  labels: Labels,
  silences: readonly Silence[],
  now: Date,
): Silence | undefined {
  return silences
    .filter((silence) => isActive(silence, now) && matches(silence.matchers, labels))
    .reduce<Silence | undefined>(
      (last, silence) => (last !== undefined && last.endsAt >= silence.endsAt ? last : silence),
      undefined,
    );
}

/** Ends a silence now; one that has ended, or would end earlier, stays as it is. */
export function expireSilence(silence: Silence, by: string, now: Date): Silence {
  const at = now.toISOString();
  return silence.endsAt <= at ? silence : { ...silence, endsAt: at, ended: { at, by } };
}

/**
 * What becomes of a silence when an alert comes in: an `untilResolved` one watches the alerts that it silences, and ends with the last of them.
 * Beyond a thousand it watches those that it knows. Returns the same object where nothing changes.
 */
export function silenceAfter(silence: Silence, alert: Alert, now: Date): Silence {
  if (!silence.untilResolved || !isActive(silence, now)) return silence;
  const open = silence.open ?? [];
  const watched = open.includes(alert.key);
  if (alert.status === 'resolved') {
    if (!watched) return silence;
    const left = open.filter((key) => key !== alert.key);
    const after = { ...silence, open: left };
    return left.length > 0 ? after : expireSilence(after, 'resolved', now);
  }
  if (watched || open.length >= mostWatched || !matches(silence.matchers, alert.labels))
    return silence;
  return { ...silence, open: [...open, alert.key] };
}
