import type { Finding } from '@riposte/findings';
import type { ResourceContext } from '../model/rule-set.ts';

/** A document, as it was parsed from JSON. */
export type Document = Readonly<Record<string, unknown>>;

/** What conditions read while one finding is evaluated. */
export interface Source {
  readonly finding: Finding;
  /** The document of each basis: they are one until a rule has changed the finding. */
  readonly original: Document;
  current: Document;
  readonly context: ResourceContext | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Counts the evaluations: what is known is known of one. */
  readonly epoch: number;
}

export type Format = Finding['format'];

/**
 * The own member of an object that was parsed from JSON: what its prototype has are functions, which JSON has none of, and `__proto__`. Asking
 * for own members by `Object.hasOwn` first takes most of the time of an evaluation.
 */
export function member(value: object, name: string): unknown {
  if (name === '__proto__')
    return Object.hasOwn(value, name) ? (value as Document)[name] : undefined;
  const found = (value as Document)[name];
  return typeof found === 'function' ? undefined : found;
}

/** The own member of what may be an object. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? member(value, name) : undefined;
}

/** The same text as the engine keeps it for names of members: it finds members by others only after looking the text up. */
export function internalized(name: string): string {
  return Object.keys({ [name]: true })[0] ?? name;
}
