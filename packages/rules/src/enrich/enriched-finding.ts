import { type Finding, findingKey } from '@riposte/findings';
import type { Enrich, FindingUpdate } from '../model/action.ts';
import type { ResourceContext } from '../model/rule-set.ts';
import { contextOnly } from '../ownership/owner-context.ts';
import { type EnrichmentFacts, enrichmentUpdate } from './enrichment-update.ts';
import { occurrencesBefore } from './history-entry.ts';
import { type RiskScore, riskScore } from './risk-score.ts';

/** What was found out, and what of it goes on the finding. */
export interface EnrichedFinding {
  readonly facts: EnrichmentFacts;
  readonly context: ResourceContext;
  readonly update: FindingUpdate;
  /** 0 to 100. */
  readonly riskScore?: number;
}

/** What sources said. Absent: not asked. */
export type FoundOut = Pick<EnrichmentFacts, 'owner' | 'history' | 'cve'>;

/**
 * Makes an enrichment of what sources said: scores the finding where that was asked for, and shows only what was asked for by name.
 *
 * @example
 * enrichedFinding(finding, { with: ['risk'] }, { owner, history, cve }).riskScore; // 47
 */
export function enrichedFinding(finding: Finding, wish: Enrich, found: FoundOut): EnrichedFinding {
  const { owner, history, cve } = found;
  const asked = new Set(wish.with);
  const risk = asked.has('risk') ? scoreFrom(finding, found) : undefined;
  const facts: EnrichmentFacts = {
    ...(owner && asked.has('owner') && { owner }),
    ...(history && asked.has('history') && { history }),
    ...(cve && asked.has('cve') && { cve }),
    ...(risk && { risk }),
  };
  return {
    facts,
    context: owner ? contextOnly(owner) : {},
    update: enrichmentUpdate(finding, facts, wish),
    ...(risk && { riskScore: risk.score }),
  };
}

/** Which sources have to be asked: the risk score needs all of them. */
export function sourcesOf(wish: Enrich): Readonly<Record<keyof FoundOut, boolean>> {
  const asked = new Set(wish.with);
  const scored = asked.has('risk');
  return {
    owner: scored || asked.has('owner'),
    history: scored || asked.has('history'),
    cve: scored || asked.has('cve'),
  };
}

/** What several `enrich` actions ask for together. */
export function wishOf(wishes: readonly Enrich[]): Enrich {
  return {
    with: [...new Set(wishes.flatMap((wish) => wish.with))],
    setSeverity: wishes.some((wish) => wish.setSeverity === true),
  };
}

function scoreFrom(finding: Finding, { owner, history, cve }: FoundOut): RiskScore {
  const isKnown = history && 'entry' in history;
  return riskScore(finding, {
    ...(owner && { context: owner }),
    ...(cve && { cve }),
    ...(isKnown && { occurrences: occurrencesBefore(history.entry, findingKey(finding)) }),
  });
}
