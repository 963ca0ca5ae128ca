import type { Inhibition } from '@riposte/rules';
import { type AlertState, inhibitionKeys, inhibitorsByKey, lookupsOf } from '../index.ts';

/** What a store finds that registers every open alert under its source keys, and looks under the target keys of all. */
export function foundInhibitors(alerts: readonly AlertState[], inhibitions: readonly Inhibition[]) {
  const lookups = lookupsOf(alerts, inhibitions);
  const entries = alerts
    .filter(({ status }) => status !== 'resolved')
    .flatMap(({ facts, labels, expiresAt }) =>
      inhibitionKeys({ finding: facts.key, labels }, inhibitions).source.map((source) => ({
        ...source,
        finding: facts.key,
        title: facts.title,
        expiresAt,
      })),
    );
  return inhibitorsByKey(entries.filter(({ key }) => lookups.includes(key)));
}
