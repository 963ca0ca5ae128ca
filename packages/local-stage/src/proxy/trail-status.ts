import { isArn } from '@riposte/findings';
import type { TrailDelivery } from '../types.ts';
import { type Members, type TrailCall, trailKey, trailOf } from './trail-calls.ts';

interface Times {
  isLogging: boolean;
  startedAt?: number;
  stoppedAt?: number;
}

/**
 * What GetTrailStatus says beyond the emulator: deliveries and their errors, as a test sets them, and the times of start and
 * stop in milliseconds, as AWS has them. With whole seconds, two stops within one second would be one incident.
 */
export function trailStatus(now: () => number = Date.now): {
  setDelivery(trailArn: string, delivery: TrailDelivery): void;
  /** Notes what a call that succeeded did, and completes what a status says. */
  amend(trailCall: TrailCall, answer: Members): Members;
} {
  const times = new Map<string, Times>();
  const deliveries = new Map<string, TrailDelivery>();
  return {
    setDelivery: (trailArn, delivery) => deliveries.set(nameOf(trailArn), delivery),
    amend(trailCall, answer) {
      const { call, members } = trailCall;
      const key = trailKey(trailOf(members), call);
      note(times, { key, operation: call.operation, at: now() });
      if (call.operation !== 'GetTrailStatus') return answer;
      const known = times.get(key) ?? shadowed(times, key);
      const arn = trailOf(members);
      const delivery = deliveries.get(isArn(arn) ? nameOf(arn) : key);
      return { ...answer, ...exactTimes(answer, known), ...deliveryMembers(delivery) };
    },
  };
}

function note(
  times: Map<string, Times>,
  { key, operation, at }: { readonly key: string; readonly operation: string; readonly at: number },
): void {
  const before = times.get(key);
  if (operation === 'CreateTrail') times.set(key, { isLogging: false });
  if (operation === 'StartLogging') times.set(key, { ...before, isLogging: true, startedAt: at });
  // Stopping a stopped trail leaves its time.
  if (operation === 'StopLogging' && before?.isLogging !== false)
    times.set(key, { ...before, isLogging: false, stoppedAt: at });
}

/** A multi-Region trail asked for by name in another Region than its own. */
function shadowed(times: ReadonlyMap<string, Times>, key: string): Times | undefined {
  const [account, , name] = key.split('|');
  return [...times].find(([other]) => {
    const [otherAccount, , otherName] = other.split('|');
    return otherAccount === account && otherName === name;
  })?.[1];
}

function exactTimes(answer: Members, known: Times | undefined): Members {
  const exact = (name: string, at: number | undefined): Members => {
    const rough = answer[name];
    if (at === undefined || typeof rough !== 'number') return {};
    return Math.abs(rough - at / 1000) < 2 ? { [name]: at / 1000 } : {};
  };
  return {
    ...exact('StopLoggingTime', known?.stoppedAt),
    ...exact('StartLoggingTime', known?.startedAt),
  };
}

function deliveryMembers(delivery: TrailDelivery | undefined): Members {
  const { latestDeliveryTime, latestDeliveryError } = delivery ?? {};
  return {
    ...(latestDeliveryTime && { LatestDeliveryTime: latestDeliveryTime.getTime() / 1000 }),
    ...(latestDeliveryError !== undefined && { LatestDeliveryError: latestDeliveryError }),
  };
}

function nameOf(trailArn: string): string {
  const [, , , region, account, resource = ''] = trailArn.split(':');
  return `${account}|${region}|${resource.replace('trail/', '')}`;
}
