import { createFaultList } from '../fault-list.ts';
import type { CallIdentity, FaultInjector, FaultRule } from './types.ts';

/** Faults as the proxy asks for them. */
export interface Faults extends FaultInjector {
  /** The rule that hits this call, if one does; counted as a hit. */
  pick(call: CallIdentity): FaultRule | undefined;
}

const matched = ['appId', 'service', 'operation', 'accountId', 'region'] as const;

/** Rules for failing calls. */
export function createFaults(): Faults {
  const list = createFaultList<FaultRule, CallIdentity>((rule, call) =>
    matched.every((name) => rule[name] === undefined || rule[name] === call[name]),
  );
  let hits = 0;
  return {
    ...list,
    clear() {
      list.clear();
      hits = 0;
    },
    hits: () => hits,
    pick(call) {
      const rule = list.pick(call);
      if (rule) hits += 1;
      return rule;
    },
  };
}
