import type { DeliveryApi, DeliveryReport, ServiceEvent } from './delivery/types.ts';
import { startSecurityHub } from './security-hub/start-security-hub.ts';
import type { AccountRegion } from './types.ts';

/** An event that Security Hub sent, and where it went. */
export interface HeardEvent {
  readonly event: ServiceEvent;
  readonly delivery: DeliveryReport;
}

/** What reaches Security Hub otherwise than by its API: findings of AWS' own services, and an analyst's click. */
export interface HubDesk {
  /** Takes in findings of any product, and answers the events sent: none where a finding is not newer than what is there. */
  take(
    form: 'asff' | 'ocsf',
    findings: readonly object[],
    where: AccountRegion,
  ): Promise<readonly HeardEvent[]>;
  /** Sends findings, by their ids, to a custom action. */
  click(actionArn: string, findingIds: readonly string[]): Promise<readonly HeardEvent[]>;
}

/** Starts the Security Hub stand-in, whose events are delivered like any other service's. The home account administers it. */
export async function startHubDesk(
  delivery: DeliveryApi,
  home: AccountRegion,
  accountOf: (accessKeyId: string) => string | undefined,
): Promise<HubDesk & { readonly endpoint: string; stop(): Promise<void> }> {
  const listeners = new Set<(heard: HeardEvent) => void>();
  const hub = await startSecurityHub({
    accountId: home.accountId,
    administratorAccountId: home.accountId,
    v2: true,
    accountOf,
    publish: async (event, scope) => {
      const heard = { event, delivery: await delivery.deliver(event, scope) };
      for (const listener of listeners) listener(heard);
    },
  });
  const heardDuring = async (work: () => Promise<unknown>): Promise<readonly HeardEvent[]> => {
    const heard: HeardEvent[] = [];
    const listener = (one: HeardEvent) => heard.push(one);
    listeners.add(listener);
    try {
      await work();
      await hub.settled();
      return heard;
    } finally {
      listeners.delete(listener);
    }
  };
  return {
    endpoint: hub.endpoint,
    stop: hub.stop,
    take: (form, findings, where) =>
      heardDuring(async () => {
        if (form === 'asff') await hub.importAsff(findings, where);
        else for (const finding of findings) await hub.importOcsf(finding, where);
      }),
    click: (actionArn, findingIds) =>
      heardDuring(() => hub.clickCustomAction(actionArn, findingIds)),
  };
}
