import { defined, numberOf, objectOf } from './json.ts';
import type { JsonObject } from './types.ts';

/** Lowest normalized score of each label. */
const bands = [
  ['CRITICAL', 90],
  ['HIGH', 70],
  ['MEDIUM', 40],
  ['LOW', 1],
  ['INFORMATIONAL', 0],
] as const;

/**
 * A severity with both label and score: the one that is missing follows from the other (0, 1–39, 40–69, 70–89, 90–100).
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_SeverityUpdate.html
 */
export function wholeSeverity(severity: unknown): JsonObject {
  const stated = objectOf(severity);
  const score = numberOf(stated.Normalized) ?? 0;
  const band = bands.find(([label, lowest]) =>
    typeof stated.Label === 'string' ? label === stated.Label : score >= lowest,
  );
  return { Label: band?.[0], Normalized: band?.[1], ...defined(stated) };
}
