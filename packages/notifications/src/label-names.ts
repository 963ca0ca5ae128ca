import type { Notify, RuleSet } from '@riposte/rules';

/** What of a rule set asks for labels. */
export type AskingForLabels = Pick<RuleSet, 'channels' | 'inhibitions'>;

/**
 * The labels that grouping and inhibition ask for: what `labelsOf` has to read of the document for an alert. A silence, which comes later, can match these
 * and the labels that every finding has.
 */
export function labelNamesOf(
  notify: Notify,
  { channels, inhibitions }: AskingForLabels,
): readonly string[] {
  const channel = channels.find(({ name }) => name === notify.channel);
  const matchers = inhibitions.flatMap(({ source, target }) => [...source, ...target]);
  return [
    ...((notify.group ?? channel?.group)?.by ?? []),
    ...inhibitions.flatMap(({ equal }) => equal),
    ...matchers.map(({ label }) => label),
  ];
}
