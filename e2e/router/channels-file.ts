import { stringify } from 'yaml';
import type { Doubles, WorldOptions } from './router-world.ts';

/** What the doubles expect of the router, and it of the Slack app's callbacks. Teams has its address. */
export const credentials = {
  jira: { email: 'riposte@example.com', token: 'jira-token' },
  servicenow: { user: 'riposte', password: 'servicenow-password' },
  slack: { token: 'xoxb-local', signingSecret: '8f742231b10e8888abcd99baac85a5ee' },
  pagerduty: { routingKey: '0123456789abcdef0123456789abcdef' },
  webhook: { key: 'webhook-key-of-32-characters-xxxx' },
} as const;

/** Secrets by their names: each by the name of its type, and by one of its own. */
export function secrets({ teams }: Doubles): Readonly<Record<string, object>> {
  const byType = { ...credentials, teams: { url: teams.webhookUrl } };
  return Object.fromEntries(
    Object.entries(byType).flatMap(([type, value]) => [
      [`riposte/${type}`, value],
      [`riposte/${type}/own`, value],
    ]),
  );
}

const alertsTopic = '${ALERTS_TOPIC_ARN}';

/** `channels.yaml` with one channel of each type, told at once. */
export function channelsFile(doubles: Doubles, options: WorldOptions): string {
  const { channels = {}, copies = {}, more = '' } = options;
  const group = { by: ['account'], wait: '0s', interval: '1s' };
  const all = [
    { name: 'topic', type: 'sns', topic: alertsTopic, group },
    {
      name: 'slack',
      type: 'slack',
      conversation: 'C1',
      secret: 'riposte/slack',
      apiUrl: `${doubles.slack.url}/api`,
      group,
    },
    { name: 'teams', type: 'teams', secret: 'riposte/teams', group },
    {
      name: 'pagerduty',
      type: 'pagerduty',
      secret: 'riposte/pagerduty',
      apiUrl: doubles.pagerduty.url,
      group,
    },
    {
      name: 'webhook',
      type: 'webhook',
      url: `${doubles.webhook.url}/findings`,
      secret: 'riposte/webhook',
      group,
    },
    {
      ...{ name: 'jira', type: 'jira', url: doubles.jira.url, edition: 'cloud', project: 'SEC' },
      ...{ issueType: 'Task', secret: 'riposte/jira' },
    },
    {
      name: 'servicenow',
      type: 'servicenow',
      url: doubles.servicenow.url,
      secret: 'riposte/servicenow',
    },
  ];
  const given = all.map((channel) => ({ ...channel, ...channels[channel.name] }));
  const copied = Object.entries(copies).map(([name, { of, ...members }]) => ({
    ...given.find((one) => one.name === of),
    ...members,
    name,
  }));
  return `${stringify({ channels: [...given, ...copied] })}\n${more}`;
}
