import type * as z from 'zod';
import { MisconfiguredError } from './errors.ts';

/**
 * Reads a function's environment by a schema, once, at cold start.
 *
 * @throws MisconfiguredError naming the variable that is missing or wrong.
 * @example
 * const config = loadConfig(z.object({ STATE_TABLE_NAME: z.string().min(1) }), process.env);
 */
export function loadConfig<T>(schema: z.ZodType<T>, env: NodeJS.ProcessEnv): T {
  const result = schema.safeParse(env);
  if (result.success) return result.data;
  throw new MisconfiguredError(String(result.error.issues[0]?.path[0] ?? '(environment)'), {
    cause: result.error,
  });
}
