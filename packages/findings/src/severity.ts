import { numberOf } from './read.ts';

/** How bad a finding is, in Security Hub's own order. */
export type Severity = 'informational' | 'low' | 'medium' | 'high' | 'critical';

const byLabel: Readonly<Record<string, Severity>> = {
  INFORMATIONAL: 'informational',
  LOW: 'low',
  MEDIUM: 'medium',
  HIGH: 'high',
  CRITICAL: 'critical',
  FATAL: 'critical',
};

const byOcsfId: readonly (Severity | undefined)[] = [
  undefined,
  'informational',
  'low',
  'medium',
  'high',
  'critical',
  'critical',
];

/**
 * Severity of an ASFF `Severity` object: the label, else the normalized score (0, 1–39, 40–69, 70–89, 90–100).
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html
 */
export function severityFromAsff(label: unknown, normalized: unknown): Severity | undefined {
  const labelled = typeof label === 'string' ? byLabel[label.toUpperCase()] : undefined;
  if (labelled) return labelled;
  const score = numberOf(normalized);
  return score === undefined ? undefined : scored(score, [1, 40, 70, 90]);
}

/**
 * Severity of an OCSF `severity_id`: 1 informational … 4 high, 5 critical, 6 fatal; 0 (unknown) and 99 (other) go by the name,
 * and are informational where that says nothing either: the schema allows them, so the finding is read.
 *
 * @see https://schema.ocsf.io/classes/detection_finding
 */
export function severityFromOcsf(severityId: unknown, name: unknown): Severity | undefined {
  const id = numberOf(severityId);
  const named = typeof name === 'string' ? byLabel[name.toUpperCase()] : undefined;
  const stated = id === undefined ? undefined : byOcsfId[id];
  return stated ?? named ?? (id === 0 || id === 99 ? 'informational' : undefined);
}

/**
 * Severity of a GuardDuty score: low from 1, medium from 4, high from 7, critical from 9.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html
 */
export function severityFromGuardDuty(score: number): Severity {
  return scored(score, [1, 4, 7, 9]);
}

function scored(score: number, from: readonly [number, number, number, number]): Severity {
  const [low, medium, high, critical] = from;
  if (score >= critical) return 'critical';
  if (score >= high) return 'high';
  if (score >= medium) return 'medium';
  return score >= low ? 'low' : 'informational';
}
