import type { Inhibition } from '@riposte/rules';
import type { AlertState, Labels } from './alert.ts';
import { contentId } from './content-id.ts';
import { labelOf, matches } from './matchers.ts';
import { isOpen } from './settle.ts';

/** What inhibition looks at: a finding, whichever rules send it. */
export interface Inhibitable {
  /** `findingKey`. */
  readonly finding: string;
  readonly labels: Labels;
}

/** One item of the store, by `key` and `finding`: an open finding that mutes others. It is deleted when the finding resolves. */
export interface InhibitorEntry {
  readonly key: string;
  readonly finding: string;
  readonly inhibition: string;
  readonly title: string;
  /** ISO 8601; for a finding whose end never arrives. */
  readonly expiresAt: string;
}

export interface InhibitionKeys {
  /** Under these an open finding is registered, one item each. */
  readonly source: readonly { readonly key: string; readonly inhibition: string }[];
  /** Under these somebody else's entry mutes the finding. One entry of another finding is enough. */
  readonly target: readonly string[];
}

/**
 * The keys by which inhibition is decided with look-ups instead of a search: inhibition, values of its `equal` labels, and whether the source is a
 * target too, because what matches both sides is not muted by what does the same, itself included.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/#inhibit_rule
 * @example
 * const { source, target } = inhibitionKeys({ finding: key, labels }, ruleSet.inhibitions);
 */
export function inhibitionKeys(
  { labels }: Inhibitable,
  inhibitions: readonly Inhibition[],
): InhibitionKeys {
  const source: { key: string; inhibition: string }[] = [];
  const target: string[] = [];
  for (const inhibition of inhibitions) {
    const isSource = matches(inhibition.source, labels);
    const isTarget = matches(inhibition.target, labels);
    const values = inhibition.equal.map((name) => labelOf(labels, name));
    const key = (side: 'source' | 'both') => contentId('inh', [inhibition.name, values, side]);
    if (isSource)
      source.push({ key: key(isTarget ? 'both' : 'source'), inhibition: inhibition.name });
    if (isTarget) target.push(key('source'), ...(isSource ? [] : [key('both')]));
  }
  return { source, target };
}

/** The keys under which the store has to look before a group is told of: those of its open alerts, each once. */
export function lookupsOf(
  alerts: readonly AlertState[],
  inhibitions: readonly Inhibition[],
): readonly string[] {
  const keys = alerts
    .filter(isOpen)
    .flatMap(
      ({ facts, labels }) => inhibitionKeys({ finding: facts.key, labels }, inhibitions).target,
    );
  return [...new Set(keys)];
}

/** Entries of other findings by key, as the store found them. */
export type Inhibitors = ReadonlyMap<string, readonly InhibitorEntry[]>;

export function inhibitorsByKey(entries: readonly InhibitorEntry[]): Inhibitors {
  return Map.groupBy(entries, ({ key }) => key);
}

/** The open finding that mutes this one, among entries that were found under its target keys. */
export function inhibitedBy(
  subject: Inhibitable,
  inhibitions: readonly Inhibition[],
  inhibitors: Inhibitors,
  now: Date,
): InhibitorEntry | undefined {
  if (inhibitors.size === 0) return undefined;
  const moment = now.toISOString();
  return inhibitionKeys(subject, inhibitions)
    .target.flatMap((key) => inhibitors.get(key) ?? [])
    .find(({ finding, expiresAt }) => finding !== subject.finding && moment < expiresAt);
}
