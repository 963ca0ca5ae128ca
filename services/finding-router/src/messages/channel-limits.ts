import type { ChannelType } from '@riposte/rules';

/** Longest texts in characters. */
export interface TextLimits {
  readonly title: number;
  readonly body: number;
}

/**
 * - Slack: 3,000 a section, of which a message here has at most five.
 * - Teams: 28 KB a card; the sender measures the card itself.
 * - PagerDuty: 1,024 a summary, 512 KB an event.
 * - SNS: 99 ASCII characters a subject; 256 KB a message, at most 3 bytes a character.
 * - Jira: 255 a summary, 32,767 a description. ServiceNow: 160 a short description.
 */
const limits: Readonly<Record<ChannelType, TextLimits>> = {
  slack: { title: 500, body: 12_000 },
  teams: { title: 500, body: 20_000 },
  pagerduty: { title: 1024, body: 60_000 },
  webhook: { title: 1000, body: 60_000 },
  sns: { title: 500, body: 60_000 },
  jira: { title: 255, body: 30_000 },
  servicenow: { title: 160, body: 30_000 },
};

export function limitsOf(type: ChannelType): TextLimits {
  return limits[type];
}
