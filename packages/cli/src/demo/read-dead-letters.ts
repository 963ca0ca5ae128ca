import { GetQueueUrlCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { DeadLetter } from './demo-world.ts';

const letter = z.object({
  error: z.object({ name: z.string(), message: z.string(), path: z.string().exactOptional() }),
});

/** What lies in a dead-letter queue, with its reason. Looking does not take it away. */
export async function readDeadLetters(
  client: SQSClient,
  queue: string,
): Promise<readonly DeadLetter[]> {
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: queue }));
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
  );
  return Messages.map(({ Body = '{}' }) => ({
    queue,
    error: letter.parse(JSON.parse(Body)).error,
  }));
}
