import type { DocumentPath } from './problem.ts';

const typeNames: ReadonlyMap<string, string> = new Map([
  ['string', 'a text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'a mapping'],
  ['record', 'a mapping'],
  ['value', 'a value'],
]);

/** A type of JSON as people call it. */
export function typeInWords(type: string): string {
  return typeNames.get(type) ?? type;
}

/** YAML reads 123456789012 as a number and yes-and-no words as such; only quotes make texts of them. */
export function quoteHint(expected: readonly string[], written: unknown): string | undefined {
  const plain = typeof written === 'number' || typeof written === 'boolean';
  return plain && expected.includes('string') ? 'put it in quotes, to make it a text' : undefined;
}

/** The value at a path of own members. */
export function valueAt(value: unknown, path: DocumentPath): unknown {
  return path.reduce<unknown>(
    (held, step) =>
      typeof held === 'object' && held !== null
        ? Object.getOwnPropertyDescriptor(held, step)?.value
        : undefined,
    value,
  );
}

/** A value as a message shows it. */
export function inWords(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** Messages start in lower case, after the place that they are about. */
export function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
