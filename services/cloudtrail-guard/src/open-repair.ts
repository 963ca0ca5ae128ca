import type { ResponseRecord } from '@riposte/findings';
import { RemediationError } from '@riposte/remediations';
import { type TrailDifference, type TrailId, trailOf } from '@riposte/remediations/cloudtrail';
import { principalOf } from '@riposte/responses';
import { conclude } from './conclude.ts';
import { leaseSeconds } from './incident.ts';
import type { Outcome, RepairPorts } from './ports.ts';
import { type Repair, runRepair } from './repair.ts';
import { repairByRecreation } from './repair-recreate.ts';
import { repairByRestore } from './repair-restore.ts';
import type { Trigger } from './trigger.ts';

const hourMs = 3_600_000;
const recentMs = 300_000;

/** Repairs of a trail that are under way or have just ended. */
export interface RecentRepairs {
  /** Claimed and not concluded: somebody works on it, or died doing so. */
  readonly open?: ResponseRecord;
  /** Ended within five minutes. */
  readonly isRecent: boolean;
}

/** True for a record that changes settings or creates a trail, and does more than start one. */
export function isRepair({ plan }: ResponseRecord): boolean {
  return plan.length > 0 && plan[0]?.operation !== 'cloudtrail:StartLogging';
}

/** Looks for repairs of a trail within the last hour. One query. */
export async function recentRepairs(trail: TrailId, ports: RepairPorts): Promise<RecentRepairs> {
  const now = ports.clock().getTime();
  const held = await ports.records.onResource(trail.arn, new Date(now - hourMs).toISOString());
  const repairs = held.filter((record) => record.mode === 'enforce' && isRepair(record));
  const open = repairs.find(({ status }) => status === 'claimed');
  const isRecent = repairs.some(
    ({ status, times }) =>
      status === 'verified' && now - Date.parse(times.ended ?? times.claimed) < recentMs,
  );
  return { ...(open && { open }), isRecent };
}

/**
 * True where a repair of Riposte itself made the call: by one of its roles, while a record of the trail is open or has just ended. Once the
 * repair has ended, narrowed selectors and a blinded trail are nobody's repair: they are answered whoever made the call.
 */
export function isOwnRepair(
  { actor }: Trigger,
  { open, isRecent }: RecentRepairs,
  { weaker, ports }: { readonly weaker: readonly TrailDifference[]; readonly ports: RepairPorts },
): boolean {
  const issuer = principalOf(actor);
  if (issuer === undefined || !ports.isOwnRole(issuer)) return false;
  const isNarrowed = weaker.some(({ setting, blinding }) => blinding || setting === 'selectors');
  return open !== undefined || (isRecent && !isNarrowed);
}

const ever = new Date(0).toISOString();

/**
 * True for a call of a repair of Riposte itself that AWS refused: people were told by the repair's own record, and each sweep tries it again.
 * By one of its roles, and part of a plan that is not carried out.
 */
export async function isOwnRefusal(
  trail: TrailId,
  { actor, eventName }: Trigger,
  ports: RepairPorts,
): Promise<boolean> {
  const issuer = principalOf(actor);
  if (issuer === undefined || !ports.isOwnRole(issuer)) return false;
  const held = await ports.records.onResource(trail.arn, ever);
  return held.some(
    ({ mode, status, plan }) =>
      mode === 'enforce' &&
      (status === 'claimed' || status === 'failed') &&
      plan.some(({ operation }) => operation === `cloudtrail:${eventName}`),
  );
}

/**
 * Carries on a repair whose function died; undefined while somebody still works on it. Where the trail or its baseline cannot be read any
 * more, people are told that: an incident that stayed claimed would be lost.
 */
export async function resumeRepair(
  open: ResponseRecord,
  trigger: Trigger,
  ports: RepairPorts,
): Promise<Outcome | undefined> {
  const claim = await ports.records.claim(open, leaseSeconds);
  if (!claim.claimed) return undefined;
  const { record } = claim;
  const repair = await repairAgain(record, trigger, ports);
  if (!('lost' in repair)) return runRepair(record, repair, ports);
  return conclude(ports, record, { status: 'failed', reason: repair.lost, times: {} });
}

/** The repair of a record, from the trail as it is now; or why there is none any more. */
async function repairAgain(
  { resource, kind, actor }: ResponseRecord,
  trigger: Trigger,
  ports: RepairPorts,
): Promise<Repair | { readonly lost: string }> {
  const trail = trailOf(resource.arn, resource);
  const known = { ...trigger, ...(actor !== undefined && { actor }) };
  try {
    const baseline = await ports.baselines.of(trail.arn);
    if (!baseline) return { lost: 'the trail has no approved baseline any more' };
    if (kind === 'trail-deleted') return await repairByRecreation(trail, baseline, known, ports);
    const current = await ports.trails().read(trail);
    return await repairByRestore({ trail, baseline, current }, known, ports);
  } catch (error) {
    if (!(error instanceof RemediationError)) throw error;
    return { lost: error.message };
  }
}
