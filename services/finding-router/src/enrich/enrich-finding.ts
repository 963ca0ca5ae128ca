import { type Finding, findingKey } from '@riposte/findings';
import type { Enrich, FindingUpdate, ResourceContext } from '@riposte/rules';
import { cveContext } from '../feeds/cve-context.ts';
import type { CveContext } from '../feeds/cve-facts.ts';
import { cveIdsOf } from '../feeds/cve-ids.ts';
import type { FeedStore } from '../feeds/ports.ts';
import {
  type EnrichmentFacts,
  enrichmentUpdate,
  type HistoryReading,
} from './enrichment-update.ts';
import { historyKey, occurrencesBefore } from './history-entry.ts';
import type { History } from './note-finding.ts';
import { type OwnerContext, type OwnerSources, ownerContext } from './owner-context.ts';
import { type RiskScore, riskScore } from './risk-score.ts';

/** What enrichment asks. */
export interface EnrichPorts extends OwnerSources {
  readonly history: Pick<History, 'of'>;
  readonly feeds: FeedStore;
}

/** What was found out, and what of it goes on the finding. */
export interface EnrichedFinding {
  readonly facts: EnrichmentFacts;
  readonly context: ResourceContext;
  readonly update: FindingUpdate;
  /** 0 to 100. */
  readonly riskScore?: number;
}

/**
 * Finds out what rules ask for. The risk score needs the other three, which are asked for with it, and shown only where they were asked for by
 * name. Never throws: what could not be read is named in the update.
 *
 * @example
 * await enrichFinding(finding, wishOf(actions), ports, now);
 */
export async function enrichFinding(
  finding: Finding,
  wish: Enrich,
  ports: EnrichPorts,
  now: Date,
): Promise<EnrichedFinding> {
  const asked = new Set(wish.with);
  const scored = asked.has('risk');
  const [owner, history, cve] = await Promise.all([
    asked.has('owner') || scored ? ownerContext(finding, ports) : undefined,
    asked.has('history') || scored ? readHistory(finding, ports) : undefined,
    asked.has('cve') || scored ? cveContext(cveIdsOf(finding), ports.feeds, now) : undefined,
  ]);
  const risk = scored ? scoreFrom(finding, { owner, history, cve }) : undefined;
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

interface Found {
  readonly owner: OwnerContext | undefined;
  readonly history: HistoryReading | undefined;
  readonly cve: CveContext | undefined;
}

function scoreFrom(finding: Finding, { owner, history, cve }: Found): RiskScore {
  const isKnown = history && 'entry' in history;
  return riskScore(finding, {
    ...(owner && { context: owner }),
    ...(cve && { cve }),
    ...(isKnown && { occurrences: occurrencesBefore(history.entry, findingKey(finding)) }),
  });
}

/** What several `enrich` actions ask for together. */
export function wishOf(wishes: readonly Enrich[]): Enrich {
  return {
    with: [...new Set(wishes.flatMap((wish) => wish.with))],
    setSeverity: wishes.some((wish) => wish.setSeverity === true),
  };
}

async function readHistory(
  finding: Finding,
  { history }: Pick<EnrichPorts, 'history'>,
): Promise<HistoryReading> {
  try {
    const { resource, control } = historyKey(finding);
    return { entry: await history.of(resource, control) };
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown error';
    return { problem: `the history could not be read (${name})` };
  }
}

function contextOnly({
  origins: _origins,
  problems: _problems,
  ...context
}: OwnerContext): ResourceContext {
  return context;
}
