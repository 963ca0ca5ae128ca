import type { SQSRecord } from 'aws-lambda';

/**
 * A message as SQS hands it to Lambda, received the second time.
 *
 * @param body a text is sent as it is, anything else as JSON.
 * @param group of a FIFO queue.
 */
export function sqsRecord(messageId: string, body: unknown, group?: string): SQSRecord {
  return {
    messageId,
    receiptHandle: `receipt-${messageId}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: '2',
      SentTimestamp: '1790000000000',
      SenderId: 'test',
      ApproximateFirstReceiveTimestamp: '1790000000000',
      ...(group !== undefined && { MessageGroupId: group }),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:updates',
    awsRegion: 'us-east-1',
  };
}
