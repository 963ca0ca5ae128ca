import type { ErrorFacts } from './errors.ts';

/** What a function knew about input that can never work. */
export interface DeadLetter {
  readonly body: unknown;
  readonly error: ErrorFacts;
  readonly source: Readonly<Record<string, string>>;
}

/** Takes input that can never work out of the way, with its reason. */
export type SendDeadLetter = (letter: DeadLetter) => Promise<void>;

/** A queue takes 1 MiB with everything around the body. */
const maxBodyBytes = 900_000;
const keptCharacters = 200_000;

/** Characters that JSON allows and SQS refuses. */
const refused = /[\ufffe\uffff]/g;

/**
 * A dead letter as the queue holds it: `{ body, error: { name, message, path }, source }`. A body that the queue could not hold
 * is cut, and says so: `bodyCut` and `bodyBytes` instead of `body`.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function deadLetterText({
  body,
  error: { name, message, path },
  source,
}: DeadLetter): string {
  const text = JSON.stringify(body) ?? 'null';
  const bodyBytes = Buffer.byteLength(text);
  const held =
    bodyBytes <= maxBodyBytes ? { body } : { bodyCut: text.slice(0, keptCharacters), bodyBytes };
  const letter = JSON.stringify({
    ...held,
    error: { name, message: message.slice(0, 1_000), path },
    source,
  });
  return letter.replace(refused, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}

/**
 * Dead letters to the function's own queue, named by `DLQ_URL`. The queue's client is loaded with the first letter: most functions never send one.
 *
 * @throws MisconfiguredError when there is no queue; whatever SQS answers. Nothing is lost: the caller lets the error through.
 */
export const ownQueue: SendDeadLetter = async (letter) => {
  const { sendToOwnQueue } = await import('./own-queue.ts');
  await sendToOwnQueue(deadLetterText(letter));
};
