import { createHash } from 'node:crypto';
import { cutText, escapeText } from '@riposte/findings';
import type { SeverityLabel } from '@riposte/rules';
import type { Notification, NotifiedFinding } from '../delivery.ts';
import { Link } from '../messages/link.ts';
import { highestSeverity } from '../messages/template-scope.ts';

export interface PagerDutyEvent {
  readonly routing_key: string;
  readonly event_action: 'trigger' | 'acknowledge' | 'resolve';
  readonly dedup_key: string;
  readonly payload?: object;
  readonly client?: string;
  readonly links?: readonly object[];
}

const severities: Readonly<Record<SeverityLabel, string>> = {
  CRITICAL: 'critical',
  HIGH: 'error',
  MEDIUM: 'warning',
  LOW: 'info',
  INFORMATIONAL: 'info',
};

const actions = {
  firing: 'trigger',
  escalated: 'trigger',
  acknowledged: 'acknowledge',
  resolved: 'resolve',
} as const;

/**
 * An event of the Events API v2. All messages of a group have one `dedup_key`: repeats add to its alert, and make no second one.
 * `custom_details` is structure: nothing in it is read as markup.
 *
 * @see https://developer.pagerduty.com/docs/send-alert-event
 */
export function pagerDutyEvent(message: Notification, routingKey: string): PagerDutyEvent {
  const event_action = actions[message.status];
  const event = { routing_key: routingKey, event_action, dedup_key: dedupKey(message.groupKey) };
  // Only a trigger has a payload; for the others PagerDuty ignores it.
  if (event_action !== 'trigger') return event;
  return {
    ...event,
    client: 'Riposte',
    links: linksOf(message.findings),
    payload: payloadOf(message),
  };
}

/** At most 255 characters, whatever the group's key holds. */
function dedupKey(groupKey: string): string {
  return createHash('sha256').update(groupKey).digest('hex');
}

/** 20 findings of at most 5 KB each, in UTF-8 at most 15 KB, stay below PagerDuty's 512 KB. */
function payloadOf(message: Notification): object {
  const [first] = message.findings;
  return {
    summary: cutText(message.title, 1024) || message.status,
    timestamp: message.at,
    severity: severities[highestSeverity(message.findings)],
    source: first ? escapeText(first.resource, 500) || 'unknown' : message.channel,
    ...(first?.resourceType && { component: escapeText(first.resourceType, 200) }),
    ...(first && { group: first.accountId, class: escapeText(first.rule, 200) }),
    custom_details: {
      message_id: message.id,
      text: cutText(message.body, 60_000),
      total: message.total,
      repeat: message.repeat,
      labels: shortened(message.labels, 200),
      findings: message.findings.slice(0, 20).map((finding) => shortened(finding, 300)),
    },
  };
}

function shortened(record: object, max: number): object {
  const members: readonly [string, unknown][] = Object.entries(record);
  return Object.fromEntries(
    members
      .slice(0, 50)
      .map(([name, value]) => [name, typeof value === 'string' ? escapeText(value, max) : value]),
  );
}

function linksOf(findings: readonly NotifiedFinding[]): readonly object[] {
  return findings.slice(0, 20).flatMap(({ url, title }) => {
    const link = Link.from(url);
    return link ? [{ href: link.href, text: escapeText(title, 100) }] : [];
  });
}
