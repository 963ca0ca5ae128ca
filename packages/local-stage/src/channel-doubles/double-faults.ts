import { randomNumbers } from '../random-numbers.ts';
import type { DoubleFault, DoubleRequest, HttpDouble } from './http-double.ts';

interface Entry {
  readonly fault: DoubleFault;
  seen: number;
  hit: number;
}

/** The faults of one double, as the double asks for them. */
export interface DoubleFaults {
  readonly scripted: HttpDouble['faults'];
  /** The fault that hits this request, if one does; counted as a hit. */
  pick(request: DoubleRequest): DoubleFault | undefined;
  /** Sets what hits every request, or takes it away. */
  switchTo(fault: DoubleFault | undefined): void;
}

/** Faults in the order in which they were added; the switch goes before all of them. */
export function createDoubleFaults(): DoubleFaults {
  let entries: Entry[] = [];
  let everything: DoubleFault | undefined;
  let random = randomNumbers(1);
  let hits = 0;
  return {
    scripted: {
      add(fault) {
        const entry: Entry = { fault, seen: 0, hit: 0 };
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
      hits: () => hits,
    },
    pick(request) {
      const entry = everything
        ? { fault: everything, seen: 0, hit: 0 }
        : entries.find((candidate) => applies(candidate, request, random));
      if (!entry) return undefined;
      entry.hit += 1;
      hits += 1;
      return entry.fault;
    },
    switchTo(fault) {
      everything = fault;
    },
  };
}

function applies(entry: Entry, request: DoubleRequest, random: () => number): boolean {
  const { fault } = entry;
  if (fault.method !== undefined && fault.method !== request.method) return false;
  if (fault.path !== undefined && !fits(fault.path, request.path)) return false;
  if (fault.count !== undefined && entry.hit >= fault.count) return false;
  entry.seen += 1;
  if (entry.seen <= (fault.skip ?? 0)) return false;
  return fault.probability === undefined || random() < fault.probability;
}

function fits(wanted: string | RegExp, path: string): boolean {
  return typeof wanted === 'string' ? path.startsWith(wanted) : wanted.test(path);
}
