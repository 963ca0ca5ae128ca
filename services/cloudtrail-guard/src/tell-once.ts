import type { ResponseRecord } from '@riposte/findings';
import { decideMode } from '@riposte/responses';
import { conclude } from './conclude.ts';
import { claimOf, type Incident, leaseSeconds } from './incident.ts';
import { defaultModes } from './kinds.ts';
import type { GuardPorts, Outcome } from './ports.ts';

/** An incident whose answer is to tell people; `told` where nothing else is said. */
export type Telling = Omit<Incident, 'mode' | 'tells'> & { readonly status?: TellingStatus };

type TellingStatus = NonNullable<ResponseRecord['tells']>;

/** Claims an incident that nothing is changed about, and tells people once. */
export async function tellOnce(telling: Telling, ports: GuardPorts): Promise<Outcome> {
  const { kind, resource } = telling;
  const decision = decideMode(await ports.settings.read(), {
    kind,
    defaultMode: defaultModes[kind],
    resourceArn: resource.arn,
    failOpen: false,
  });
  const reason = telling.reason ?? decision.reason;
  if (decision.mode === 'off') return { resource: resource.arn, result: 'off' };
  const status = telling.status ?? 'told';
  const incident: Incident = {
    ...telling,
    mode: 'notify',
    tells: status,
    ...(reason !== undefined && { reason }),
  };
  const claim = await ports.records.claim(claimOf(incident, ports.clock()), leaseSeconds);
  if (!claim.claimed) {
    return { resource: resource.arn, result: 'duplicate', incident: claim.record.id };
  }
  return tell(claim.record, ports, status);
}

/** Concludes a claimed record that nothing is changed about. */
export function tell(
  record: ResponseRecord,
  ports: GuardPorts,
  status: TellingStatus,
): Promise<Outcome> {
  return conclude(ports, record, { status, times: {} });
}
