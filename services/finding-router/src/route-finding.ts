import { isDeepStrictEqual } from 'node:util';
import { type Finding, findingKey } from '@riposte/findings';
import { applyUpdate, mergedUpdate, together, updateOf } from '@riposte/rules';
import { setAside } from './documents/set-aside.ts';
import { factsFor, type StepWorld } from './effect-step.ts';
import { effectsOf, type Matched } from './effects.ts';
import { lifeAfter } from './finding-life.ts';
import { standingOf } from './finding-standing.ts';
import type { FindingState } from './finding-state.ts';
import { measureRouted } from './measure-routed.ts';
import { planSteps } from './plan-steps.ts';
import type { Enriched, RoutePorts } from './ports.ts';

/** A finding as an event brought it. */
export interface Arrived {
  readonly finding: Finding;
  /** ISO 8601: when the event was sent. */
  readonly eventTime: string;
}

/**
 * Routes one finding: evaluates the rules, compares with what was done before, writes what is to leave together with what will have been done, and
 * lets it leave. A function that dies in between leaves it pending: the event comes again, and it leaves then.
 *
 * @returns the state as it is now; undefined for a finding that nothing was ever done for.
 * @throws StaleStateError when another function writes the same finding.
 */
export async function routeFinding(
  arrived: Arrived,
  known: FindingState | undefined,
  ports: RoutePorts,
): Promise<FindingState | undefined> {
  const before = known && known.pending.length > 0 ? await leave(known, ports) : known;
  if (before && isOlder(arrived, before)) return before;
  const now = ports.clock();
  const matched = await match(arrived.finding, now, ports);
  const planned = nextState(arrived, before, { ...matched, now }, ports);
  if (!planned) return before;
  const next = { ...planned, pending: await setAside(planned.pending, ports.documents) };
  await ports.states.write(next);
  const { eventTime } = arrived;
  measureRouted({ ...matched, eventTime, now, lifeBefore: before?.life, state: next }, ports);
  await ports.enrichment.note(arrived.finding, arrived.eventTime);
  return next.pending.length > 0 ? leave(next, ports) : next;
}

async function leave(state: FindingState, ports: RoutePorts): Promise<FindingState> {
  await ports.outlet.send(state.pending);
  await ports.states.sent(state);
  return { ...state, pending: [] };
}

/** Events come late and out of order; of two with the same times, both are looked at. */
function isOlder({ finding, eventTime }: Arrived, { seen }: FindingState): boolean {
  const last = seen[finding.format];
  if (!last) return false;
  const updatedAt = finding.updatedAt ?? '';
  if (updatedAt !== last.updatedAt) return updatedAt < last.updatedAt;
  return eventTime < last.eventTime;
}

interface MatchResult {
  readonly matches: readonly Matched[];
  readonly enriched: Enriched;
}

/** Evaluates; where a rule asks for enrichment, once more with what was found out. */
async function match(finding: Finding, now: Date, ports: RoutePorts): Promise<MatchResult> {
  const { rules, enrichment } = ports;
  const context = await enrichment.contextOf(finding);
  const matches = rules.evaluate(finding, { now, context });
  if (!matches.some(asksForEnrichment)) return { matches, enriched: { context, update: {} } };
  const enriched = await enrichment.enrich(finding, matches, now);
  const known = applyUpdate(finding, enriched.update, now);
  return { matches: rules.evaluate(known, { now, context: enriched.context }), enriched };
}

function asksForEnrichment({ rule, branchIndex }: Matched): boolean {
  return rule.branches[branchIndex]?.then.some((action) => 'enrich' in action) ?? false;
}

/** Rules that the update of a finding is of: their modes count, and the note names them. */
function changesFinding({ branch }: Matched): boolean {
  return updateOf(branch.then) !== undefined || branch.then.some((action) => 'enrich' in action);
}

/** The state to write; undefined where there is nothing new to remember. */
function nextState(
  { finding, eventTime }: Arrived,
  before: FindingState | undefined,
  { matches, enriched, now }: MatchResult & { readonly now: Date },
  ports: RoutePorts,
): FindingState | undefined {
  if (matches.length === 0 && !before) return undefined;
  const update = together([enriched.update, mergedUpdate(matches)]);
  const after = applyUpdate(finding, update, now);
  const { context, riskScore } = enriched;
  const at = now.toISOString();
  const world: StepWorld = {
    subject: { finding: after, context, ...(riskScore !== undefined && { riskScore }) },
    standing: standingOf(after),
    ruleSet: ports.ruleSet,
    render: ports.render,
    key: findingKey(finding),
    firstSeen: before?.firstSeen ?? at,
    version: (before?.version ?? 0) + 1,
    at,
  };
  const updatedBy = matches.filter(changesFinding).map(({ rule }) => rule.id);
  const wishes = { effects: effectsOf(matches), update, updatedBy };
  const { messages, effects } = planSteps(wishes, before?.effects ?? {}, world);
  const updatedAt = finding.updatedAt ?? '';
  const { format } = finding;
  const life = lifeAfter(before?.life, { format, status: world.standing.status, at: eventTime });
  const isSame = messages.length === 0 && before?.seen[format]?.updatedAt === updatedAt;
  const remembered = [before?.effects, before?.life];
  if (isSame && isDeepStrictEqual([effects, life], remembered)) return undefined;
  return {
    key: world.key,
    version: world.version,
    seen: { ...before?.seen, [format]: { updatedAt, eventTime } },
    firstSeen: world.firstSeen,
    life,
    facts: factsFor(matches[0]?.rule.id ?? before?.facts.rule ?? '', world),
    effects,
    pending: messages,
  };
}
