import { type AlertState, type Route, wake } from '@riposte/notifications';
import { StaleStateError } from '../errors.ts';
import type { Alarm, GroupStore } from './ports.ts';

export interface WakePorts {
  readonly store: GroupStore;
  readonly alarm: Alarm;
  clock(): Date;
}

const attempts = 6;

/**
 * Lets a group know that there is something about one of its alerts. The alert was written before: a flush that runs meanwhile has seen it, or fails its
 * own write.
 *
 * @throws StaleStateError when somebody else was faster each time.
 */
export async function wakeGroup(
  alert: AlertState,
  route: Route,
  { store, alarm, clock }: WakePorts,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const stored = await store.group(route.key);
    const woken = wake(stored?.group, alert, route, clock());
    if (!woken || woken === stored?.group) return;
    try {
      await store.putGroup({ group: woken, outbox: stored?.outbox ?? [] });
      // Whoever set the time before has set an alarm for it.
      const { nextAt } = woken;
      const isNew = nextAt !== stored?.group.nextAt;
      if (nextAt !== undefined && isNew) await alarm.wake(woken.key, nextAt);
      return;
    } catch (error) {
      if (!(error instanceof StaleStateError) || attempt === attempts) throw error;
    }
  }
}
