import type { ApiCall, ResponseRecord } from '@riposte/findings';
import { RemediationError } from '@riposte/remediations';
import { restartTrail, type TrailId, type TrailStatus } from '@riposte/remediations/cloudtrail';
import type { Decision } from '@riposte/responses';
import { conclude } from './conclude.ts';
import { nothingToUndo } from './incident.ts';
import type { GuardPorts, Outcome } from './ports.ts';

/** A claimed stop, and the trail as it was read just before. */
export interface ClaimedStop {
  readonly record: ResponseRecord;
  readonly trail: TrailId;
  readonly status: TrailStatus;
  readonly decision: Decision;
}

/**
 * Starts the trail of a claimed incident, proves it, concludes the record. Also carries on where a function died.
 *
 * @throws RemediationError after people were told that AWS refuses.
 */
export async function runRestart(stop: ClaimedStop, ports: GuardPorts): Promise<Outcome> {
  const { record, decision } = stop;
  if (record.plan.length === 0) return alreadyRuns(stop, ports);
  if (record.mode !== 'enforce' || decision.mode !== 'enforce') return leaveAlone(stop, ports);
  const calls: ApiCall[] = [...record.calls];
  const note = (operation: string, error?: unknown) =>
    calls.push({
      operation: `cloudtrail:${operation}`,
      at: ports.clock().toISOString(),
      ...(error instanceof Error && { error: error.name }),
    });
  try {
    return await startAndProve(stop, ports, { calls, note });
  } catch (error) {
    if (!(error instanceof RemediationError)) throw error;
    note(calls.length === record.calls.length ? 'StartLogging' : 'GetTrailStatus', error);
    const reason = error.message;
    await conclude(ports, record, {
      status: 'failed',
      reason,
      calls,
      undo: nothingToUndo,
      times: {},
    });
    throw error;
  }
}

interface Notes {
  readonly calls: readonly ApiCall[];
  note(operation: string): void;
}

async function startAndProve(
  { record, trail, status }: ClaimedStop,
  ports: GuardPorts,
  { calls, note }: Notes,
): Promise<Outcome> {
  const trails = ports.trails(record.id);
  if (!status.isLogging) {
    await restartTrail.apply(trail, status, trails);
    note('StartLogging');
  }
  const applied = status.isLogging ? status.startedAt : ports.clock().toISOString();
  const { verified, evidence, state } = await restartTrail.verify(trail, trails);
  note('GetTrailStatus');
  const at = ports.clock().toISOString();
  return conclude(ports, record, {
    status: verified ? 'verified' : 'failed',
    ...(!verified && { reason: 'StartLogging was accepted, but the trail does not log' }),
    after: state,
    verification: { verified, at, evidence },
    calls,
    times: { ...(applied !== undefined && { applied }), ...(verified && { verified: at }) },
  });
}

/** Somebody started it before us: the gap is told all the same. */
function alreadyRuns({ record, status }: ClaimedStop, ports: GuardPorts): Promise<Outcome> {
  const at = ports.clock().toISOString();
  const since = status.startedAt ?? 'an unknown time';
  return conclude(ports, record, {
    status: 'told',
    reason: `the trail was started again at ${since}, and not by Riposte`,
    verification: { verified: true, at, evidence: `GetTrailStatus: IsLogging true since ${since}` },
    after: status,
    times: { ...(status.startedAt !== undefined && { applied: status.startedAt }) },
  });
}

function leaveAlone({ record, decision }: ClaimedStop, ports: GuardPorts): Promise<Outcome> {
  const { mode, reason } = decision.mode === 'enforce' ? record : decision;
  return conclude(ports, record, {
    status: mode === 'dry-run' ? 'planned' : 'told',
    mode,
    ...(reason !== undefined && { reason }),
    undo: nothingToUndo,
    times: {},
  });
}
