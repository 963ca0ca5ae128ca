import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Stage } from '@riposte/local-stage';
import * as z from 'zod';
import { eventually } from './eventually.ts';
import { lookSettings } from './look-settings.ts';

/** A dead letter as functions send it themselves. */
const letter = z.object({
  body: z.unknown(),
  error: z.object({ name: z.string(), message: z.string(), path: z.string().exactOptional() }),
  source: z.record(z.string(), z.string()),
});
export type DeadLetter = z.infer<typeof letter>;

const mostLetters = 1000;

/** Everything in a dead-letter queue, as text. It is hidden from others for a second, and stays. */
export async function deadLetterTexts(stage: Stage, queue: string): Promise<readonly string[]> {
  const client = new SQSClient(lookSettings(stage));
  const texts = new Map<string, string>();
  try {
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: queue }));
    while (texts.size < mostLetters) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 1 }),
      );
      if (Messages.length === 0) break;
      for (const { MessageId = '', Body = '' } of Messages) texts.set(MessageId, Body);
    }
    return [...texts.values()];
  } finally {
    client.destroy();
  }
}

/** Waits for a dead letter that a function of the guard sent itself, about something. */
export function deadLetterOf(stage: Stage, name: string, about: string): Promise<DeadLetter> {
  return eventually(`a dead letter of ${name} about ${about}`, async () => {
    const texts = await deadLetterTexts(stage, `riposte-cloudtrail-guard-local-${name}-dlq`);
    const text = texts.find((each) => each.includes(about));
    return text === undefined ? undefined : letter.parse(JSON.parse(text));
  });
}
