import type { Channel, Notify } from '@riposte/rules';
import type { Labels } from './alert.ts';
import { contentId } from './content-id.ts';
import type { RoutePolicy } from './group.ts';
import { labelOf } from './matchers.ts';
import { policyOf } from './policy.ts';

/** Where an alert goes: its group, and how that group tells. */
export interface Route {
  readonly key: string;
  readonly values: Labels;
  readonly policy: RoutePolicy;
}

/** Members of `notify` that make a route of its own. What is worth telling (`on`) belongs to the alert. */
const ownSettings = ['group', 'resolved', 'mute', 'active', 'escalate', 'title', 'body'] as const;

/**
 * The route of an alert. A rule that only names a channel shares the groups of that channel with all such rules; one that says how has groups of its
 * own, as a child route of Alertmanager has. Waits, intervals and hours are no part of the key, so that tuning them moves nothing.
 *
 * @throws UnknownChannelError, InvalidDurationError: what `rules check` refuses.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#route
 */
export function routeOf(
  notify: Notify,
  rule: string,
  channels: readonly Channel[],
  labels: Labels,
): Route {
  const policy = policyOf(notify, channels);
  const values = policy.by.map((name) => [name, labelOf(labels, name)] as const);
  const owner = ownSettings.some((setting) => notify[setting] !== undefined) ? rule : '';
  return {
    key: contentId('grp', [policy.channel, owner, values]),
    values: Object.fromEntries(values),
    policy,
  };
}
