import type { Finding } from '@riposte/findings';
import type { EvaluationBasis } from '../model/rule.ts';
import type { ResourceContext } from '../model/rule-set.ts';

/** A document, as it was parsed from JSON. */
export type Document = Readonly<Record<string, unknown>>;

/** What conditions read while one finding is evaluated. */
export interface Source {
  finding: Finding;
  /** The document of each basis: they are one until a rule has changed the finding. */
  readonly documents: Record<EvaluationBasis, Document>;
  context: ResourceContext | undefined;
  /** Milliseconds since 1970. */
  now: number;
}

export type Format = Finding['format'];

/** The own member of an object, never one of its prototype. */
export function member(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? (value as Document)[name] : undefined;
}

/** The own member of what may be an object. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? member(value, name) : undefined;
}
