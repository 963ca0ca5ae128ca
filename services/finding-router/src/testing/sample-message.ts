import type { Notification, NotifiedFinding } from '../delivery.ts';
import type { MessageData } from '../messages/message-data.ts';

export const finding: NotifiedFinding = {
  key: '123456789012/eu-west-1/s3/1',
  format: 'asff',
  id: 'arn:aws:securityhub:eu-west-1:123456789012:finding/1',
  productArn: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub',
  title: 'S3 bucket allows public reads',
  severity: 'HIGH',
  accountId: '123456789012',
  region: 'eu-west-1',
  resource: 'arn:aws:s3:::reports',
  resourceType: 'AwsS3Bucket',
  owner: 'payments',
  team: 'Payments Platform',
  rule: 's3-public',
  workflow: 'NEW',
  recordState: 'ACTIVE',
  riskScore: 85,
  url: 'https://eu-west-1.console.aws.amazon.com/securityhub/home?region=eu-west-1#/findings?search=Id%3D1&x=y',
  since: '2026-05-01T09:30:00.000Z',
};

export const data: MessageData = {
  channel: 'soc',
  groupKey: 'soc/123456789012/S3.2',
  status: 'firing',
  labels: { team: 'payments' },
  findings: [finding],
  total: 1,
  at: '2026-05-01T12:00:00.000Z',
  repeat: 0,
};

export function notification(more: Partial<Notification> = {}): Notification {
  const id = '0123456789abcdef'.repeat(4);
  return { ...data, id, title: 'HIGH: a bucket is public', body: 'line one\nline two', ...more };
}
