import type { SeverityLabel } from './action.ts';

const ranks: Readonly<Record<SeverityLabel, number>> = {
  INFORMATIONAL: 0,
  LOW: 1,
  MEDIUM: 2,
  HIGH: 3,
  CRITICAL: 4,
};

/** 0 for informational to 4 for critical. */
export function severityRank(severity: SeverityLabel): number {
  return ranks[severity];
}

/** The worse of two severities. */
export function worseSeverity(one: SeverityLabel, other: SeverityLabel): SeverityLabel {
  return severityRank(other) > severityRank(one) ? other : one;
}
