import { inLanes } from '@riposte/lambda';
import { type Acknowledgement, type AlertState, acknowledge } from '@riposte/notifications';
import type { FindingState } from '../finding-state.ts';
import type { AcknowledgeGroupsPorts } from './acknowledge-groups.ts';
import { acknowledgementUpdates } from './acknowledgement-updates.ts';
import type { GroupStore } from './ports.ts';
import { wakeGroup } from './wake-group.ts';

/** That somebody has taken findings on. */
export interface TakenFindings {
  readonly acknowledgement: Acknowledgement;
  /** Written on the findings. */
  readonly note: string;
}

const atOnce = 16;

/**
 * Findings that somebody has taken on elsewhere than in a group: they get the workflow NOTIFIED, and their alerts are acknowledged, whether people were told
 * of them or not; the groups of these hear of it.
 */
export function acknowledgeFindings(ports: AcknowledgeGroupsPorts) {
  const { store, outlet } = ports;
  return async (findings: readonly FindingState[], taken: TakenFindings): Promise<void> => {
    const { acknowledgement, note } = taken;
    const facts = findings.map((finding) => finding.facts);
    // First: should the function die after it, the findings come back as notified, which acknowledges their alerts.
    await outlet.send(acknowledgementUpdates(facts, acknowledgement.at, note));
    const left = findings.flatMap(({ effects, life }) =>
      Object.values(effects).flatMap(({ kind, key }) =>
        kind === 'notify' && key !== undefined ? { key, since: life.openSince ?? '' } : [],
      ),
    );
    const groups = new Map<string, AlertState>();
    await inLanes(left, atOnce, async ({ key, since }) => {
      const alert = await openAlert(key, since, store);
      if (!alert) return;
      await store.acknowledge(alert, acknowledgement);
      groups.set(alert.groupKey, acknowledge(alert, acknowledgement));
    });
    for (const [groupKey, alert] of groups) {
      const stored = await store.group(groupKey);
      if (!stored) continue;
      const { key, values, policy } = stored.group;
      await wakeGroup(alert, { key, values, policy }, ports);
    }
  };
}

/** An alert that nobody has taken on since its finding is open. */
async function openAlert(
  alertKey: string,
  since: string,
  store: GroupStore,
): Promise<AlertState | undefined> {
  const groupKey = await store.groupOf(alertKey);
  const alert = groupKey === undefined ? undefined : await store.alert(groupKey, alertKey);
  if (alert?.status !== 'open' || alert.withdrawn) return undefined;
  const { acknowledgement } = alert;
  return acknowledgement && acknowledgement.at > since ? undefined : alert;
}
