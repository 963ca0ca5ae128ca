import type { Finding } from '@riposte/findings';
import { notifiedFinding } from '@riposte/notifications';
import { renderUpdate, textData, textRenderer } from '@riposte/notifications/templates';
import {
  applyUpdate,
  type Enrich,
  type EnrichedFinding,
  enrichedFinding,
  type FindingUpdate,
  type HistoryReading,
  mergedUpdate,
  type ResourceContext,
  type RuleMatch,
  together,
  updateOf,
  wishOf,
} from '@riposte/rules';
import type { RuleEngine } from '../rule-engine.ts';
import { foundWithoutAsking, unasked } from './unasked.ts';

/** What rules come to on one finding, as far as it can be known. */
export interface Outcome {
  readonly matches: readonly RuleMatch[];
  readonly context: ResourceContext;
  /** Of all rules together, templates filled in, with what enrichment writes. */
  readonly update: FindingUpdate;
  /** Of it, what enrichment writes. */
  readonly enriched: FindingUpdate;
  readonly after: Finding;
  /** 0 to 100; absent where no rule asks for it. */
  readonly riskScore?: number;
  /** Sources that the service asks and that were not asked here, in words. */
  readonly unasked: readonly string[];
}

/** When, and what is known of the finding from elsewhere. */
export interface OutcomeMoment {
  readonly now: Date;
  readonly history?: HistoryReading;
}

const render = textRenderer();

/** Evaluates the rules as the service does: where one asks for enrichment, once more with what is found out. */
export function outcomeOf(engine: RuleEngine, finding: Finding, moment: OutcomeMoment): Outcome {
  const { now } = moment;
  const owners = engine.ownersOf(finding);
  const first = engine.evaluate(finding, { now, context: owners.context });
  const wishes = first.flatMap(wishesOf);
  if (wishes.length === 0)
    return {
      ...finished(finding, { matches: first, context: owners.context, enriched: {}, now }),
      unasked: [],
    };
  const wish = wishOf(wishes);
  const found = foundWithoutAsking(finding, wish, owners, moment.history);
  const enrichment = enrichedFinding(finding, wish, found);
  const context = found.owner ? enrichment.context : owners.context;
  const known = applyUpdate(finding, enrichment.update, now);
  const matches = engine.evaluate(known, { now, context });
  const { update: enriched, riskScore } = enrichment;
  return {
    ...finished(finding, {
      matches,
      context,
      enriched,
      now,
      ...(riskScore !== undefined && { riskScore }),
    }),
    unasked: unaskedIn(enrichment),
  };
}

/** Whether a rule that matched asks for enrichment. */
export function asksForEnrichment(match: RuleMatch): boolean {
  return wishesOf(match).length > 0;
}

function wishesOf({ branch }: RuleMatch): readonly Enrich[] {
  return branch.then.flatMap((action) => ('enrich' in action ? [action.enrich] : []));
}

interface Evaluated extends Pick<Outcome, 'matches' | 'context' | 'enriched' | 'riskScore'> {
  readonly now: Date;
}

function finished(finding: Finding, { now, ...evaluated }: Evaluated): Omit<Outcome, 'unasked'> {
  const { matches, enriched } = evaluated;
  const templates = together([enriched, mergedUpdate(matches)]);
  if (Object.keys(templates).length === 0)
    return { ...evaluated, update: templates, after: finding };
  const after = applyUpdate(finding, templates, now);
  if (!hasTemplate(templates)) return { ...evaluated, update: templates, after };
  const update = rendered(templates, after, { ...evaluated, now });
  return { ...evaluated, update, after: applyUpdate(finding, update, now) };
}

/** Most updates have no template: their texts need no facts. */
function hasTemplate(update: FindingUpdate): boolean {
  return /\{[{%]/.test(JSON.stringify(update));
}

/** As the service fills them in: with the finding as the update leaves it, as if it were seen for the first time. */
function rendered(
  templates: FindingUpdate,
  after: Finding,
  { matches, context, riskScore, now }: Evaluated,
): FindingUpdate {
  const facts = notifiedFinding(after, {
    context,
    rule: matches.find(changesFinding)?.rule.id ?? '',
    since: now.toISOString(),
    ...(riskScore !== undefined && { riskScore }),
  });
  return renderUpdate(templates, textData(after, facts, context), render);
}

function changesFinding(match: RuleMatch): boolean {
  return updateOf(match.branch.then) !== undefined || asksForEnrichment(match);
}

const allUnasked: ReadonlySet<string> = new Set(Object.values(unasked));

function unaskedIn({ facts: { owner, history, cve, risk } }: EnrichedFinding): readonly string[] {
  const feeds = cve && cve.cves.length > 0 ? [cve.feeds.kev, cve.feeds.epss] : [];
  const texts = [
    ...(owner?.problems ?? []),
    ...(history && 'problem' in history ? [history.problem] : []),
    ...feeds.flatMap((feed) => (feed.state === 'unknown' ? [feed.reason] : [])),
    ...(risk?.unknown ?? []).map(({ reason }) => reason),
  ];
  return [...new Set(texts)].filter((text) => allUnasked.has(text));
}
