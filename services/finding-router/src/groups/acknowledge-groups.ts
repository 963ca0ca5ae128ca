import { inLanes } from '@riposte/lambda';
import {
  type Acknowledgement,
  acknowledge,
  acknowledgeGroup,
  type GroupState,
} from '@riposte/notifications';
import type { AcknowledgePorts } from '../acknowledge/acknowledge.ts';
import type { Outlet } from '../finding-state.ts';
import { acknowledgementUpdates } from './acknowledgement-updates.ts';
import { type WakePorts, wakeGroup } from './wake-group.ts';

export interface AcknowledgeGroupsPorts extends WakePorts {
  /** To the function that updates findings. */
  readonly outlet: Outlet;
}

const writesAtOnce = 16;

/**
 * Groups that people of these channels take on: their alerts are acknowledged, and their findings get the workflow NOTIFIED. A group that tells other
 * channels is not known here.
 */
export function acknowledgeGroups(
  ports: AcknowledgeGroupsPorts,
  channels: readonly string[],
): AcknowledgePorts['groups'] {
  const { store, outlet, clock } = ports;
  return {
    async acknowledge({ groupKey, by }, at) {
      const stored = await store.group(groupKey);
      if (!stored || !tells(stored.group, channels)) return { state: 'unknown' };
      const { group } = stored;
      const taken = acknowledgeGroup(group, await store.alertsOf(groupKey), clock());
      if (taken.state === 'already') {
        const { by: first, at: since } = taken.acknowledgement;
        return { state: 'already', by: first, at: since };
      }
      if (taken.state === 'closed') return taken;
      const acknowledgement: Acknowledgement = { by: by.name, at, via: 'slack' };
      // First: should the function die after it, the findings come back as notified, which acknowledges their alerts.
      const facts = taken.alerts.map((alert) => alert.facts);
      await outlet.send(acknowledgementUpdates(facts, at));
      await inLanes(taken.alerts, writesAtOnce, (alert) =>
        store.acknowledge(alert, acknowledgement),
      );
      const [first] = taken.alerts;
      const { key, values, policy } = group;
      if (first)
        await wakeGroup(acknowledge(first, acknowledgement), { key, values, policy }, ports);
      return { state: 'acknowledged' };
    },
  };
}

function tells({ policy }: GroupState, channels: readonly string[]): boolean {
  return [policy, ...policy.escalate].some(({ channel }) => channels.includes(channel));
}
