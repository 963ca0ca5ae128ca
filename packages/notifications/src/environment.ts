import type { Inhibition, TimeInterval } from '@riposte/rules';
import type { ChannelCounter } from './channel-counter.ts';
import type { HeldBack } from './group.ts';
import { type Inhibitors, inhibitedBy } from './inhibition.ts';
import type { Reading } from './news.ts';
import { type Silence, silencedBy } from './silence.ts';

/** What besides the group decides whether people are told. */
export interface Environment {
  readonly silences: readonly Silence[];
  readonly inhibitions: readonly Inhibition[];
  /** Entries that the store found under the target keys of the group's alerts (`lookupsOf`). */
  readonly inhibitors: Inhibitors;
  readonly timeIntervals: readonly TimeInterval[];
  /** Of the channels of the group's policy, as far as they have a limit. */
  readonly counters: readonly ChannelCounter[];
}

/** What keeps quiet about an alert that is open: a silence, or a finding that inhibits it. */
export function holdOf(
  { alert }: Reading,
  environment: Environment,
  now: Date,
): HeldBack | undefined {
  const { labels, facts, groupKey, key } = alert;
  const held = { groupKey, alert: key, finding: facts.key };
  const silence = silencedBy(labels, environment.silences, now);
  if (silence) {
    const { id, author, reason, endsAt } = silence;
    return { ...held, reason: 'silence', by: id, detail: `${author}: ${reason}`, until: endsAt };
  }
  const { inhibitions, inhibitors } = environment;
  const inhibitor = inhibitedBy({ finding: facts.key, labels }, inhibitions, inhibitors, now);
  if (!inhibitor) return undefined;
  const { inhibition, finding, title } = inhibitor;
  return { ...held, reason: 'inhibition', by: inhibition, detail: `${title} (${finding})` };
}
