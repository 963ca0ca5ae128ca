import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { awsClient } from './aws-client.ts';
import { MisconfiguredError } from './errors.ts';

let client: SQSClient | undefined;

/**
 * Sends a message to the function's own dead letter queue. Loaded only when the first one is sent.
 *
 * @throws MisconfiguredError when `DLQ_URL` is not set.
 */
export async function sendToOwnQueue(MessageBody: string): Promise<void> {
  const QueueUrl = process.env.DLQ_URL;
  if (!QueueUrl) throw new MisconfiguredError('DLQ_URL');
  client ??= awsClient(SQSClient, {});
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
}
