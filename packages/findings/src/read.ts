import type * as z from 'zod';
import type { FindingError } from './errors.ts';

type Malformed = new (path: string, options?: ErrorOptions) => FindingError;

/**
 * Reads untrusted input by a schema.
 *
 * @throws the given error with the path of the first wrong field, dotted, `(root)` for the document itself.
 */
export function read<T>(schema: z.ZodType<T>, input: unknown, malformed: Malformed): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const path = result.error.issues[0]?.path.map(String).join('.') || '(root)';
  throw new malformed(path, { cause: result.error });
}

/** True for a JSON object, false for arrays, null and scalars. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object's own property, never one of its prototype; undefined where the value is not an object. */
export function field(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The value at a path of own properties. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(field, value);
}

/** The value if it is a non-empty string. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An object without its undefined members, as `exactOptionalPropertyTypes` wants it. */
export function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
