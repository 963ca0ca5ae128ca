import { randomNumbers } from '../random-numbers.ts';
import type { CallIdentity, FaultInjector, FaultRule } from './types.ts';

/** Faults as the proxy asks for them. */
export interface Faults extends FaultInjector {
  /** The rule that hits this call, if one does; counted as a hit. */
  pick(call: CallIdentity): FaultRule | undefined;
}

interface Entry {
  readonly rule: FaultRule;
  seen: number;
  hit: number;
}

const matched = ['appId', 'service', 'operation', 'accountId', 'region'] as const;

/** Rules for failing calls, in the order in which they were added; the first that applies is taken. */
export function createFaults(): Faults {
  let entries: Entry[] = [];
  let random = randomNumbers(1);
  let hits = 0;
  return {
    add(rule) {
      const entry: Entry = { rule, seen: 0, hit: 0 };
      entries.push(entry);
      return () => {
        entries = entries.filter((other) => other !== entry);
      };
    },
    clear() {
      entries = [];
      hits = 0;
    },
    seed(seed) {
      random = randomNumbers(seed);
    },
    hits: () => hits,
    pick(call) {
      const entry = entries.find((candidate) => applies(candidate, call, random));
      if (!entry) return undefined;
      entry.hit += 1;
      hits += 1;
      return entry.rule;
    },
  };
}

function applies(entry: Entry, call: CallIdentity, random: () => number): boolean {
  const { rule } = entry;
  if (matched.some((name) => rule[name] !== undefined && rule[name] !== call[name])) return false;
  if (rule.count !== undefined && entry.hit >= rule.count) return false;
  entry.seen += 1;
  if (entry.seen <= (rule.skip ?? 0)) return false;
  return rule.probability === undefined || random() < rule.probability;
}
