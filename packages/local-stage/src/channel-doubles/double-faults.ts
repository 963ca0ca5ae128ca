import { createFaultList } from '../fault-list.ts';
import type { DoubleFault, DoubleRequest, HttpDouble } from './http-double.ts';

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
  const { pick, ...list } = createFaultList<DoubleFault, DoubleRequest>(isAbout);
  let everything: DoubleFault | undefined;
  let hits = 0;
  return {
    scripted: { ...list, hits: () => hits },
    pick(request) {
      const fault = everything ?? pick(request);
      if (fault) hits += 1;
      return fault;
    },
    switchTo(fault) {
      everything = fault;
    },
  };
}

function isAbout({ method, path }: DoubleFault, request: DoubleRequest): boolean {
  if (method !== undefined && method !== request.method) return false;
  if (path === undefined) return true;
  return typeof path === 'string' ? request.path.startsWith(path) : path.test(request.path);
}
