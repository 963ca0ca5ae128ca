import * as z from 'zod';
import { DeliveryRefusedError } from '../errors.ts';

/** Goes into a header as it is. */
export const tokenText = z.string().regex(/^[\x21-\x7e]{8,4096}$/);

/**
 * The secret of a channel in the shape that its sender needs.
 *
 * @throws {DeliveryRefusedError} that names the member that is wrong, never what it holds.
 */
export function parseSecret<TSecret>(
  channel: string,
  schema: z.ZodType<TSecret>,
  secret: unknown,
): TSecret {
  const parsed = schema.safeParse(secret);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = ['secret', ...(issue?.path ?? [])].join('.');
  // The message names types and limits, never values.
  throw new DeliveryRefusedError(channel, path, issue?.message ?? 'cannot be read');
}
