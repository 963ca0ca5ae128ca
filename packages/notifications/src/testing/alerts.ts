import type { Channel, Notify, SeverityLabel } from '@riposte/rules';
import { type Alert, type AlertStatus, alertKey, type Labels, routeOf } from '../index.ts';

/** Tests begin here; the first alerts are as old. */
export const start = Date.parse('2026-01-05T12:00:00Z');

export interface AlertChanges {
  readonly finding?: string;
  readonly rule?: string;
  readonly channel?: string;
  readonly status?: AlertStatus;
  readonly severity?: SeverityLabel;
  /** What its fingerprint stands for besides severity. */
  readonly content?: string;
  /** Seconds after the start. */
  readonly version?: number;
  readonly labels?: Labels;
}

/** An alert about a bucket, of rule `pack/buckets`, to channel `chat`. */
export function alert(changes: AlertChanges = {}): Alert {
  const { finding = 'bucket-1', rule = 'pack/buckets', channel = 'chat' } = changes;
  const { status = 'open', severity = 'HIGH', content = '', version = 0 } = changes;
  const key = `123456789012|eu-west-1|aws/securityhub|${finding}`;
  const updatedAt = new Date(start + version * 1_000).toISOString();
  return {
    key: alertKey(key, rule, channel),
    channel,
    fingerprint: `${severity}${content}`,
    labels: { finding: key, account: '123456789012', severity, rule, ...changes.labels },
    status,
    startsAt: new Date(start).toISOString(),
    updatedAt,
    ...(status === 'resolved' && { endsAt: updatedAt }),
    facts: {
      key,
      format: 'asff',
      id: finding,
      productArn: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub',
      title: `${finding} is public`,
      severity,
      accountId: '123456789012',
      region: 'eu-west-1',
      resource: `arn:aws:s3:::${finding}`,
      rule,
    },
  };
}

export const channels: readonly Channel[] = [
  { name: 'chat', type: 'slack', conversation: 'C1', secret: 'slack' },
  { name: 'pager', type: 'pagerduty', secret: 'pager' },
  { name: 'boss', type: 'sns', topic: 'arn:aws:sns:eu-west-1:123456789012:boss' },
];

/** Waits 30 s, tells more after 5 min, repeats after 4 h. */
export const usualGroup = { by: ['account'], wait: '30s', interval: '5m', repeat: '4h' };

export function routeFor(
  given: Alert,
  notify: Partial<Notify> = {},
  among: readonly Channel[] = channels,
) {
  return routeOf({ channel: given.channel, ...notify }, given.facts.rule, among, given.labels);
}
