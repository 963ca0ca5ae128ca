import { escapeText } from '@riposte/findings';
import type { Measure } from '@riposte/lambda';

/** Whose a measured value is. */
export interface Attribution {
  readonly rules: readonly string[];
  readonly owners: readonly string[];
}

/** Where measures go. */
export interface MeasureBy {
  measure(measure: Measure): void;
  /** Each rule and each owner is a metric of its own, and billed: only where the deployment asks for it. */
  readonly metricsByRule: boolean;
}

/** Measures a value once, and where the deployment asks for it, again for each of its rules and owners. */
export function measureBy(
  measured: Measure,
  { rules, owners }: Attribution,
  { measure, metricsByRule }: MeasureBy,
): void {
  measure(measured);
  if (!metricsByRule) return;
  const { dimensions: _, ...value } = measured;
  for (const rule of rules) measure({ ...value, dimensions: { rule } });
  for (const owner of owners) measure({ ...value, dimensions: { owner } });
}

const longest = 200;

/** Names for a log: those that somebody else may have written, such as an owner from a tag, are cut and escaped. */
export function namesOf(names: readonly (string | undefined)[]): readonly string[] {
  const given = names.filter((name) => name !== undefined);
  return [...new Set(given)].map((name) => escapeText(name, longest));
}
