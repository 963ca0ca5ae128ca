import type * as z from 'zod';
import { type FindingError, MalformedEventError, MalformedFindingError } from './errors.ts';

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

/** Reads a part of a document: errors name the path from the whole. */
export function within<T>(prefix: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof MalformedFindingError || error instanceof MalformedEventError))
      throw error;
    const path = error.path === '(root)' ? prefix : `${prefix}.${error.path}`;
    const Malformed =
      error instanceof MalformedFindingError ? MalformedFindingError : MalformedEventError;
    throw new Malformed(path, { cause: error });
  }
}

/** True for a JSON object, false for arrays, null and scalars. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object's own property, never one of its prototype; undefined where the value is not an object. */
export function field(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The value at a path of own properties and list positions. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (held, key) => (typeof key === 'number' ? itemOf(held, key) : field(held, key)),
    value,
  );
}

function itemOf(value: unknown, index: number): unknown {
  return Array.isArray(value) ? value[index] : undefined;
}

/** The value if it is a non-empty string. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value if it is a finite number, or one written as text. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** The items of a list; none where the value is no list. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The strings of a list; none where the value is no list. */
export function textsOf(value: unknown): readonly string[] {
  return itemsOf(value).filter((item) => typeof item === 'string');
}

/** An object without its undefined members, as `exactOptionalPropertyTypes` wants it. */
export function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
