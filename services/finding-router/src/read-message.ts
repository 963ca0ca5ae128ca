import type { QueueMessage } from '@riposte/lambda';
import * as z from 'zod';
import { UnreadableMessageError } from './errors.ts';

/** An object that the router itself has written: what is in it is taken as it is. */
export function ownObject<T>(): z.ZodType<T> {
  return z.custom<T>((value) => typeof value === 'object' && value !== null);
}

/**
 * Reads the body of a message of the router's own queues.
 *
 * @throws UnreadableMessageError naming the first wrong field.
 */
export function readMessage<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.map(String).join('.') || '(root)';
  throw new UnreadableMessageError(path, { cause: parsed.error });
}

/** Reads the messages of a batch. One that cannot be read fails alone. */
export function readMessages<T>(
  messages: readonly QueueMessage[],
  failures: Map<string, unknown>,
  read: (message: QueueMessage) => T,
): readonly T[] {
  return messages.flatMap((message) => {
    try {
      return [read(message)];
    } catch (error) {
      failures.set(message.id, error);
      return [];
    }
  });
}
