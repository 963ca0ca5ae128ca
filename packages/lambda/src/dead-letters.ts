import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ErrorFacts } from './errors.ts';

/** What a function knew about input that can never work. */
export interface DeadLetter {
  readonly body: unknown;
  readonly error: ErrorFacts;
  readonly source: Readonly<Record<string, string>>;
}

/** Takes input that can never work out of the way, with its reason. */
export type SendDeadLetter = (letter: DeadLetter) => Promise<void>;

const maxBodyBytes = 900_000;

/**
 * Dead letters to the function's own queue: `{ body, error: { name, message, path }, source }`. A body that the queue could not hold
 * is cut, and says so.
 *
 * @param client made when the first letter is sent, as most functions never send one.
 */
export function deadLetterQueue(
  client: () => Promise<SQSClient>,
  queueUrl: () => string,
): SendDeadLetter {
  return async ({ body, error: { name, message, path }, source }) => {
    const sqs = await client();
    const text = JSON.stringify(body) ?? 'null';
    const held =
      Buffer.byteLength(text) <= maxBodyBytes
        ? { body }
        : { bodyCut: text.slice(0, maxBodyBytes / 4), bodyBytes: Buffer.byteLength(text) };
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl(),
        MessageBody: JSON.stringify({ ...held, error: { name, message, path }, source }),
      }),
    );
  };
}
