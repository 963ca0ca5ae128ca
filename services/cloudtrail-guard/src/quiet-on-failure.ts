import type { GuardPorts } from './ports.ts';

/** Ports of a further try: a failure that people were told of once is not told again every five minutes. */
export function quietOnFailure(ports: GuardPorts): GuardPorts {
  const { records } = ports;
  return {
    trails: (onBehalfOf) => ports.trails(onBehalfOf),
    measure: (measured) => ports.measure(measured),
    settings: ports.settings,
    clock: ports.clock,
    stage: ports.stage,
    records: {
      claim: (record, leaseSeconds) => records.claim(record, leaseSeconds),
      async conclude(record) {
        if (record.status !== 'failed') await records.conclude(record);
      },
      get: (id) => records.get(id),
      list: (query) => records.list(query),
      onResource: (arn, since) => records.onResource(arn, since),
      linkFinding: (id, findingKey) => records.linkFinding(id, findingKey),
      closeFinding: (id, findingKey) => records.closeFinding(id, findingKey),
      reopenFinding: (id, findingKey) => records.reopenFinding(id, findingKey),
    },
  };
}
