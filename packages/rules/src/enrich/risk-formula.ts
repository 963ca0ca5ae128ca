import type { Severity } from '@riposte/findings';
import type { SeverityLabel } from '../model/action.ts';

/** What the score is made of; what is not known is absent. */
export interface RiskInputs {
  readonly severity: Severity;
  /** Points of the levels in `risk-levels.ts`. */
  readonly businessCriticality?: number;
  readonly dataClassification?: number;
  readonly environment?: number;
  /** The finding itself says that the resource can be reached from the internet. */
  readonly exposed?: boolean;
  /** One of its CVEs is in CISA's catalog of known exploited vulnerabilities. */
  readonly exploited?: boolean;
  readonly ransomware?: boolean;
  /** Highest probability of its CVEs, 0 to 1. */
  readonly epss?: number;
  /** How often the control failed on this resource before. */
  readonly occurrences?: number;
}

export type RiskInput = Exclude<keyof RiskInputs, 'ransomware'>;

/** Points by input, before they are added and cut at 100. */
export type RiskPoints = Readonly<Partial<Record<RiskInput, number>>>;

const base: Readonly<Record<Severity, number>> = {
  informational: 0,
  low: 10,
  medium: 30,
  high: 50,
  critical: 70,
};

const thresholds: readonly (readonly [from: number, label: SeverityLabel])[] = [
  [75, 'CRITICAL'],
  [55, 'HIGH'],
  [35, 'MEDIUM'],
  [15, 'LOW'],
  [0, 'INFORMATIONAL'],
];

/**
 * Points by input. None is below zero, so that more danger never lowers a score; an informational finding has no impact that its
 * surroundings could make worse, so that only known or likely exploitation counts there. See docs/risk-score.md.
 */
export function riskPoints(inputs: RiskInputs): RiskPoints {
  const { severity, exploited, epss } = inputs;
  const threat = {
    ...(exploited !== undefined && { exploited: exploitedPoints(exploited, inputs.ransomware) }),
    ...(epss !== undefined && { epss: Math.round(10 * Math.sqrt(Math.min(Math.max(epss, 0), 1))) }),
  };
  const surroundings = severity === 'informational' ? {} : surroundingPoints(inputs);
  return { severity: base[severity], ...surroundings, ...threat };
}

/** 0 to 100. */
export function scoreOf(points: RiskPoints): number {
  return Math.min(
    100,
    Object.values(points).reduce((sum, some) => sum + some, 0),
  );
}

/** The severity that a score stands for. */
export function labelOf(score: number): SeverityLabel {
  return thresholds.find(([from]) => score >= from)?.[1] ?? 'INFORMATIONAL';
}

function surroundingPoints(inputs: RiskInputs): RiskPoints {
  const { businessCriticality, dataClassification, environment, exposed, occurrences } = inputs;
  return {
    ...(businessCriticality !== undefined && { businessCriticality }),
    ...(dataClassification !== undefined && { dataClassification }),
    ...(environment !== undefined && { environment }),
    ...(exposed !== undefined && { exposed: exposed ? 7 : 0 }),
    ...(occurrences !== undefined && { occurrences: recurrencePoints(occurrences) }),
  };
}

function exploitedPoints(exploited: boolean, ransomware = false): number {
  if (!exploited) return 0;
  return ransomware ? 25 : 20;
}

function recurrencePoints(before: number): number {
  if (before >= 5) return 6;
  if (before >= 2) return 4;
  return before >= 1 ? 2 : 0;
}
