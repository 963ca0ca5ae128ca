import { randomNumbers } from './random-numbers.ts';

/** How often a fault hits what it is about. */
export interface FaultLimits {
  readonly count?: number;
  readonly skip?: number;
  readonly probability?: number;
}

/** Faults in the order in which they were added; the first that applies is taken. */
export interface FaultList<TFault, TSubject> {
  /** Returns what takes it away again. */
  add(fault: TFault): () => void;
  clear(): void;
  /** Decides what `probability` draws from here on. */
  seed(seed: number): void;
  /** The fault that hits this, if one does. */
  pick(subject: TSubject): TFault | undefined;
}

interface Entry<TFault> {
  readonly fault: TFault;
  seen: number;
  hit: number;
}

/** @param isAbout whether a fault is about something at all, before its limits are looked at. */
export function createFaultList<TFault extends FaultLimits, TSubject>(
  isAbout: (fault: TFault, subject: TSubject) => boolean,
): FaultList<TFault, TSubject> {
  let entries: Entry<TFault>[] = [];
  let random = randomNumbers(1);
  const applies = (entry: Entry<TFault>, subject: TSubject) => {
    const { count, skip = 0, probability } = entry.fault;
    if (!isAbout(entry.fault, subject)) return false;
    if (count !== undefined && entry.hit >= count) return false;
    entry.seen += 1;
    if (entry.seen <= skip) return false;
    return probability === undefined || random() < probability;
  };
  return {
    add(fault) {
      const entry = { fault, seen: 0, hit: 0 };
      entries.push(entry);
      return () => {
        entries = entries.filter((other) => other !== entry);
      };
    },
    clear() {
      entries = [];
    },
    seed(seed) {
      random = randomNumbers(seed);
    },
    pick(subject) {
      const entry = entries.find((candidate) => applies(candidate, subject));
      if (entry) entry.hit += 1;
      return entry?.fault;
    },
  };
}
