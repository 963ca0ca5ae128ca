import { escapeText } from '@riposte/findings';
import { type Matched, ruleOfEffect } from './effects.ts';
import { type FindingLife, type LifeTimes, timesOf } from './finding-life.ts';
import type { FindingState } from './finding-state.ts';
import { type Attribution, type MeasureBy, measureBy, namesOf } from './measure-by.ts';

/** What the log says of a finding that was routed: which, by what rules, whose; never what it says. */
export interface RoutedFinding extends Attribution {
  readonly finding: string;
  readonly format: string;
  readonly severity: string;
  readonly accountId: string;
  readonly region: string;
  readonly matched: boolean;
  /** How many messages leave. */
  readonly effects: number;
  /** Milliseconds from the event to its routing. */
  readonly age?: number;
  readonly timeToAcknowledge?: number;
  readonly timeToResolve?: number;
}

/** Where measures and the log go. */
export interface RoutedPorts extends MeasureBy {
  log(routed: RoutedFinding): void;
}

/** A finding whose state was written. */
export interface Routed {
  readonly matches: readonly Matched[];
  readonly eventTime: string;
  readonly now: Date;
  readonly lifeBefore: FindingLife | undefined;
  readonly state: FindingState;
}

/** Measures that a finding was matched, how old it was, and how long people took; the log says of which rules and whose it is. */
export function measureRouted(routed: Routed, ports: RoutedPorts): void {
  const { matches, eventTime, now, lifeBefore, state } = routed;
  const times = timesOf(lifeBefore, state.life, eventTime);
  const age = now.getTime() - Date.parse(eventTime);
  if (!Number.isNaN(age)) {
    ports.measure({ name: 'AgeAtRouting', value: Math.max(0, age), unit: 'Milliseconds' });
  }
  const whose: Attribution = { rules: rulesOf(matches, state), owners: ownersOf(state) };
  if (matches.length > 0) {
    measureBy({ name: 'FindingsMatched', value: 1, unit: 'Count' }, whose, ports);
  }
  measureTimes(times, whose, ports);
  if (matches.length === 0 && Object.keys(times).length === 0) return;
  const { key, format, severity, accountId, region } = state.facts;
  ports.log({
    finding: escapeText(key, 400),
    format,
    severity,
    accountId,
    region,
    ...whose,
    matched: matches.length > 0,
    effects: state.pending.length,
    ...(!Number.isNaN(age) && { age: Math.max(0, age) }),
    ...(times.toAcknowledge !== undefined && { timeToAcknowledge: times.toAcknowledge }),
    ...(times.toResolve !== undefined && { timeToResolve: times.toResolve }),
  });
}

function measureTimes(times: LifeTimes, whose: Attribution, ports: RoutedPorts): void {
  const named = [
    ['TimeToAcknowledge', times.toAcknowledge],
    ['TimeToResolve', times.toResolve],
  ] as const;
  for (const [name, value] of named) {
    if (value !== undefined) measureBy({ name, value, unit: 'Milliseconds' }, whose, ports);
  }
}

/** Rules that match; where none does any more, those that did something before: a finding that is over matches few rules. */
function rulesOf(matches: readonly Matched[], { effects }: FindingState): readonly string[] {
  const now = matches.map(({ rule }) => rule.id);
  const before = Object.keys(effects).filter((id) => id.includes('#'));
  return namesOf(now.length > 0 ? now : before.map(ruleOfEffect));
}

function ownersOf({ facts: { owner, team } }: FindingState): readonly string[] {
  return namesOf([owner ?? team]);
}
