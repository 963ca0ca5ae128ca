import type { NotifiedFinding } from '../delivery.ts';
import { blockText } from './ticket-text.ts';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Longest text of an extra field. */
const longest = 32_767;

/**
 * Extra fields of a ticket: those of the channel, then those of the command, which win. A value `{ bySeverity: { CRITICAL: …,
 * default: … } }` stands for its entry by the finding's severity, and for nothing where it has none. Control characters are
 * removed from all texts.
 *
 * @example
 * mergeFields([{ priority: { bySeverity: { CRITICAL: { name: 'Highest' } } } }], finding);
 */
export function mergeFields(
  sources: readonly (Fields | undefined)[],
  finding: NotifiedFinding,
): Record<string, unknown> {
  const merged = sources.flatMap((source) => Object.entries(source ?? {}));
  const chosen = merged.map(([name, value]) => [name, bySeverity(value, finding)] as const);
  const known = new Map(chosen);
  return Object.fromEntries(
    [...known]
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, cleaned(value)]),
  );
}

function bySeverity(value: unknown, finding: NotifiedFinding): unknown {
  if (!isObject(value) || !isObject(value.bySeverity)) return value;
  return value.bySeverity[finding.severity] ?? value.bySeverity.default;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return blockText(value, longest);
  if (Array.isArray(value)) return value.map(cleaned);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cleaned(inner)]));
}
