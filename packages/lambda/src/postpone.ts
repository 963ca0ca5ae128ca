import type { SQSClient } from '@aws-sdk/client-sqs';
import { awsClient } from './aws-client.ts';
import { MisconfiguredError } from './errors.ts';

let client: SQSClient | undefined;

/** The most that SQS hides a message: twelve hours from its first receipt. */
const mostSeconds = 11 * 3600;

/**
 * Hides a message of the queue that `QUEUE_URL` names. The client is loaded with the first one.
 *
 * @throws MisconfiguredError when `QUEUE_URL` is not set.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html
 */
export async function postpone(ReceiptHandle: string, seconds: number): Promise<void> {
  const QueueUrl = process.env.QUEUE_URL;
  if (!QueueUrl) throw new MisconfiguredError('QUEUE_URL');
  const { ChangeMessageVisibilityCommand, SQSClient } = await import('@aws-sdk/client-sqs');
  client ??= awsClient(SQSClient, {});
  const VisibilityTimeout = Math.max(0, Math.min(mostSeconds, Math.ceil(seconds)));
  await client.send(
    new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }),
  );
}
