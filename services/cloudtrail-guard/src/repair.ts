import type { ResponseRecord } from '@riposte/findings';
import { RemediationError, type Verification } from '@riposte/remediations';
import type { TrailId } from '@riposte/remediations/cloudtrail';
import type { Decision } from '@riposte/responses';
import { conclude } from './conclude.ts';
import { claimOf, type Incident, leaseSeconds, nothingToUndo, trailResource } from './incident.ts';
import type { GuardPorts, Outcome } from './ports.ts';
import { quietOnFailure } from './quiet-on-failure.ts';
import { refusalInWords } from './refusal-in-words.ts';
import { tellOnce } from './tell-once.ts';
import type { Trigger } from './trigger.ts';

/** How one broken trail is brought back to its approved baseline: restored or created again. */
export interface Repair {
  readonly trail: TrailId;
  readonly decision: Decision;
  readonly incident: Pick<Incident, 'kind' | 'discriminator' | 'plan' | 'before' | 'undo'>;
  /** What stands in the record besides the decision's own reason, e.g. the baseline's version. */
  readonly note: string;
  /** As approved. */
  readonly isOrganizationTrail: boolean;
  isStillBroken(): Promise<boolean>;
  apply(record: ResponseRecord): Promise<void>;
  verify(record: ResponseRecord): Promise<Verification<unknown>>;
}

const hourMs = 3_600_000;
const maxOccurrences = 20;

/**
 * Claims and repairs, once per incident. The same change coming back within an hour of its repair is not repaired again: a person is asked.
 *
 * @throws RemediationError after people were told that AWS refuses.
 */
export async function answerByRepair(
  repair: Repair,
  trigger: Trigger,
  ports: GuardPorts,
  occurrence = 1,
): Promise<Outcome> {
  const { incident, trail, decision } = repair;
  const resource = trail.arn;
  if (decision.mode === 'off') return { resource, result: 'off' };
  const counted = occurrence === 1 ? '' : `|${occurrence}`;
  const discriminator = `${incident.discriminator}${counted}`;
  const claim = await ports.records.claim(
    claimOfRepair(repair, { trigger, discriminator }, ports),
    leaseSeconds,
  );
  if (claim.claimed) return runRepair(claim.record, repair, ports);
  const held = claim.record;
  const duplicate: Outcome = { resource, result: 'duplicate', incident: held.id };
  if (held.status === 'verified') {
    if (occurrence >= maxOccurrences || !(await repair.isStillBroken())) return duplicate;
    const asked = await askAgain(held, repair, trigger, ports);
    return asked ?? answerByRepair(repair, trigger, ports, occurrence + 1);
  }
  const isOpen = ['told', 'planned', 'failed'].includes(held.status) && trigger.path === 'sweep';
  if (!isOpen || decision.mode !== 'enforce') return duplicate;
  const { reason: _reason, ...rest } = held;
  const { plan, undo } = incident;
  const again: ResponseRecord = { ...rest, mode: 'enforce', plan, undo };
  return runRepair(again, repair, quietOnFailure(ports)).catch((error: unknown) => {
    if (!(error instanceof RemediationError)) throw error;
    return { ...duplicate, result: 'failed' as const, reason: error.message };
  });
}

interface Told {
  readonly trigger: Trigger;
  readonly discriminator: string;
}

function claimOfRepair(
  { trail, incident, decision, note }: Repair,
  { trigger, discriminator }: Told,
  ports: GuardPorts,
): ResponseRecord {
  const { mode, reason } = decision;
  return claimOf(
    {
      ...incident,
      discriminator,
      resource: trailResource(trail),
      trigger,
      mode,
      ...(trigger.path === 'api-call' && trigger.eventTime && { broken: trigger.eventTime }),
      reason: reason === undefined ? note : `${reason}; ${note}`,
      undo: mode === 'enforce' ? incident.undo : nothingToUndo,
    },
    ports.clock(),
  );
}

/** Reverting the same change twice within an hour would be a fight with somebody: a person decides it. */
async function askAgain(
  held: ResponseRecord,
  { trail, incident, note }: Repair,
  trigger: Trigger,
  ports: GuardPorts,
): Promise<Outcome | undefined> {
  const repairedAt = held.times.verified ?? held.times.claimed;
  const telling = {
    kind: incident.kind,
    discriminator: `asks|${held.id}`,
    resource: trailResource(trail),
    trigger,
    plan: incident.plan,
    before: incident.before,
    reason: `the same change was reverted at ${repairedAt} (${held.id}) and is back: Riposte does not fight over it, a person decides (${note})`,
    undo: nothingToUndo,
    status: 'planned' as const,
  };
  const isRecent = ports.clock().getTime() - Date.parse(repairedAt) < hourMs;
  if (isRecent) return tellOnce(telling, ports);
  const asked = await ports.records.get(claimOf({ ...telling, mode: 'notify' }, ports.clock()).id);
  return asked && { resource: trail.arn, result: 'duplicate', incident: asked.id };
}

/** Repairs what a claimed record says, proves it, concludes. Also carries on where a function died. */
export async function runRepair(
  record: ResponseRecord,
  repair: Repair,
  ports: GuardPorts,
): Promise<Outcome> {
  const { decision } = repair;
  if (record.mode !== 'enforce' || decision.mode !== 'enforce') {
    const mode = record.mode === 'enforce' ? decision.mode : record.mode;
    const status = mode === 'dry-run' ? 'planned' : 'told';
    return conclude(ports, record, { status, mode, undo: nothingToUndo, times: {} });
  }
  try {
    await repair.apply(record);
    const applied = ports.clock().toISOString();
    const { verified, evidence, state } = await repair.verify(record);
    const at = ports.clock().toISOString();
    return await conclude(ports, record, {
      status: verified ? 'verified' : 'failed',
      ...(!verified && { reason: evidence }),
      after: state,
      verification: { verified, at, evidence },
      calls: record.plan.map(({ operation }) => ({ operation, at: applied })),
      times: { applied, ...(verified && { verified: at }) },
    });
  } catch (error) {
    if (!(error instanceof RemediationError)) throw error;
    const at = ports.clock().toISOString();
    const calls = record.plan.map(({ operation }) => ({ operation, at, error: error.name }));
    const reason = refusalInWords(error, record, repair.isOrganizationTrail);
    await conclude(ports, record, { status: 'failed', reason, calls, times: {} });
    throw error;
  }
}
