import { formatInventoryKey, type InventoryKey } from '@riposte/inventory';

export const bucket = 'inventories';
export const inventory: InventoryKey = {
  ...{ prefix: '', type: 'AWS:File', account: '123456789012', region: 'us-east-1' },
  node: 'i-0123456789abcdef0',
};
export const key = formatInventoryKey(inventory);

/** As S3 writes keys into notifications. */
export function encodedKey(text: string): string {
  return encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', '+');
}

/** A record of an S3 notification. */
export function s3Record({
  eventName = 'ObjectCreated:Put',
  eventVersion = '2.1',
  object = {},
}: {
  readonly eventName?: string;
  readonly eventVersion?: string;
  readonly object?: Readonly<Record<string, unknown>>;
} = {}) {
  return {
    ...{ eventVersion, eventSource: 'aws:s3', awsRegion: 'us-east-1', eventName },
    eventTime: '2026-11-24T14:00:05.000Z',
    s3: {
      ...{ s3SchemaVersion: '1.0', configurationId: 'to-the-detector' },
      bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
      object: { key: encodedKey(key), size: 1, versionId: 'v1', sequencer: '0055AED6', ...object },
    },
  };
}

/** An event of S3 by EventBridge. */
export function eventBridgeEvent(
  detailType = 'Object Created',
  object: Readonly<Record<string, unknown>> = {},
) {
  return {
    ...{ version: '0', id: '17793124-05d4-b198-2fde-7ededc63b103', source: 'aws.s3' },
    ...{ account: '123456789012', time: '2026-11-24T14:00:05Z', region: 'us-east-1' },
    'detail-type': detailType,
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: { name: bucket },
      object: { key, size: 1, 'version-id': 'v1', sequencer: '617f08299329d189', ...object },
      reason: 'PutObject',
    },
  };
}

/** In the envelopes that messages come in, by name. */
export const envelopes: Readonly<Record<string, (message: unknown) => unknown>> = {
  'as it is': (message) => message,
  'a notification of SNS': (message) => ({
    ...{ Type: 'Notification', MessageId: 'm', TopicArn: 'arn:aws:sns:us-east-1:123456789012:t' },
    Message: JSON.stringify(message),
  }),
  'an event of SNS': (message) => ({
    Records: [{ EventSource: 'aws:sns', Sns: { Message: JSON.stringify(message) } }],
  }),
  'a batch of SQS': (message) => ({
    Records: [{ messageId: 'm', eventSource: 'aws:sqs', body: JSON.stringify(message) }],
  }),
  'a dead letter of a function, its message as text': (message) => ({
    body: JSON.stringify(message),
    error: { name: 'TypeError', message: 'x' },
    source: { function: 'f' },
  }),
  'a dead letter of a function': (message) => ({
    body: message,
    error: { name: 'TypeError', message: 'x' },
    source: { function: 'f' },
  }),
  'a dead letter of Lambda': (message) => ({
    version: '1.0',
    requestContext: { condition: 'RetriesExhausted', functionArn: 'f' },
    requestPayload: message,
    responsePayload: null,
  }),
};
