import { severityRank } from '@riposte/rules';
import type { Labels } from './alert.ts';
import type { Change, ToldFinding } from './group.ts';
import type { Reading } from './news.ts';

/** A message names so many findings; the rest is counted. */
const mostNamed = 20;

export const noCounts: Readonly<Record<Change, number>> = {
  new: 0,
  changed: 0,
  acknowledged: 0,
  resolved: 0,
  open: 0,
};

/** What is new comes before what is known to be open. */
const changeRank: Readonly<Record<Change, number>> = {
  new: 0,
  changed: 0,
  acknowledged: 1,
  resolved: 2,
  open: 3,
};

export function addCounts(
  one: Readonly<Record<Change, number>>,
  other: Readonly<Record<Change, number>>,
): Readonly<Record<Change, number>> {
  return {
    new: one.new + other.new,
    changed: one.changed + other.changed,
    acknowledged: one.acknowledged + other.acknowledged,
    resolved: one.resolved + other.resolved,
    open: one.open + other.open,
  };
}

/** Each finding once, whichever rules told of it: what is new first, then the worst, then by age and key. At most twenty. */
export function worstFirst(findings: readonly ToldFinding[]): readonly ToldFinding[] {
  return distinct(findings).slice(0, mostNamed);
}

function distinct(findings: readonly ToldFinding[]): readonly ToldFinding[] {
  const sorted = [...findings].sort(byWeight);
  const seen = new Set<string>();
  return sorted.filter(({ key }) => !seen.has(key) && seen.add(key));
}

function byWeight(one: ToldFinding, other: ToldFinding): number {
  const change = changeRank[one.change] - changeRank[other.change];
  const severity = severityRank(other.severity) - severityRank(one.severity);
  return change || severity || compare(one.since, other.since) || compare(one.key, other.key);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** What a message says of these alerts. */
export function tellingOf(readings: readonly Reading[], at: string, change?: Change) {
  const all = distinct(readings.map((reading) => toldFinding(reading, at, change)));
  const counts = { ...noCounts };
  for (const finding of all) counts[finding.change] += 1;
  return {
    findings: all.slice(0, mostNamed),
    total: all.length,
    counts,
    labels: commonLabels(readings.map(({ alert }) => alert.labels)),
  };
}

function toldFinding({ alert, news }: Reading, at: string, change?: Change): ToldFinding {
  const { told, facts } = alert;
  const since = told && told.status !== 'resolved' ? told.since : at;
  const said = news === undefined || news === 'dropped' ? 'open' : news;
  return { ...facts, since, change: change ?? said };
}

/** The labels that all alerts have with the same value. */
function commonLabels(all: readonly Labels[]): Labels {
  const [first, ...others] = all;
  return Object.fromEntries(
    Object.entries(first ?? {}).filter(([name, value]) =>
      others.every((labels) => labels[name] === value),
    ),
  );
}
