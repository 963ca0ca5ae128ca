import type * as z from 'zod';
import { UnreadableMessageError } from './errors.ts';

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
