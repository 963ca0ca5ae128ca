import { escapeText } from '@riposte/findings';
import { type Check, type Found, missing, ok } from '../check.ts';
import type { DoctorPorts, Subscription } from '../ports.ts';

/** Protocols whose messages carry a link that ends the subscription. */
const linked = new Set(['email', 'email-json', 'http', 'https']);

/** Somebody receives the alerts, and no finder of a message can end that. */
export const subscriptionsCheck: Check = {
  name: 'subscriptions',
  reads: [
    'cloudformation:ListExports',
    'sns:ListSubscriptionsByTopic',
    'sns:GetSubscriptionAttributes',
  ],
  async run(ports) {
    const topicArn = (await ports.stacks.exports()).get(
      `riposte-${ports.deployment.stage}-AlertsTopicArn`,
    );
    if (topicArn === undefined)
      return [missing('there is no alerts topic', 'deploy services/foundation first')];
    const subscriptions = await ports.subscriptions(topicArn);
    const found = subscriptions.map((subscription) =>
      subscriptionState(subscription, topicArn, ports),
    );
    if (subscriptions.some(({ isConfirmed }) => isConfirmed)) return found;
    return [
      ...found,
      missing(
        'nobody receives the alerts: no confirmed subscription',
        `deploy services/foundation with --param contactEmail=you@example.com, then confirm the mail`,
      ),
    ];
  },
};

function subscriptionState(
  { protocol, endpoint, isConfirmed, isAuthenticated }: Subscription,
  topicArn: string,
  { deployment }: DoctorPorts,
): Found {
  const who = `${protocol} ${escapeText(endpoint, 120)}`;
  const confirm = `aws sns confirm-subscription --topic-arn ${topicArn} --token TOKEN --authenticate-on-unsubscribe true --region ${deployment.region} (TOKEN: from the link of the confirmation mail; do not open the link)`;
  if (!isConfirmed) return missing(`${who} is not confirmed and receives nothing`, confirm);
  if (!linked.has(protocol) || isAuthenticated) return ok(`${who} is confirmed`);
  return missing(
    `${who} is confirmed, but whoever holds a message can unsubscribe it`,
    `unsubscribe and subscribe it again, then: ${confirm}`,
  );
}
