import { MalformedEventError, type ResponseRecord } from '@riposte/findings';
import { RemediationError } from '@riposte/remediations';
import {
  logsWriteManagementEvents,
  type TrailId,
  type TrailStatus,
  trailOf,
} from '@riposte/remediations/cloudtrail';
import * as z from 'zod';
import { conclude } from './conclude.ts';
import type { GuardPorts, Outcome } from './ports.ts';

const recorded = z.looseObject({
  source: z.literal('riposte.responses'),
  detail: z.looseObject({ id: z.string().startsWith('inc-') }),
});

/**
 * Checks, a quarter of an hour after a restart, that log files really arrive again and that the selectors let write events through. The first
 * message could only say that the trail records: delivery takes about five minutes. If they do not arrive, the same incident is escalated.
 * The record is read from the table: the event only says which.
 *
 * @throws MalformedEventError where the message is no response record's event.
 */
export function checkDelivery(ports: GuardPorts) {
  return async (input: unknown): Promise<Outcome> => {
    const record = await recordOf(input, ports);
    const trail = trailOf(record.resource.arn, record.resource);
    const duplicate: Outcome = { resource: trail.arn, result: 'duplicate', incident: record.id };
    if (record.status !== 'verified' || record.after === undefined) return duplicate;
    if (isChecked(record)) return duplicate;
    const { problem, evidence, isSuperseded } = await look(record, trail, ports);
    if (isSuperseded)
      return { ...duplicate, reason: 'the trail was stopped again: a later incident' };
    const at = ports.clock().toISOString();
    const verification = {
      verified: problem === undefined,
      at,
      evidence: `${checkedMark}: ${evidence}`,
    };
    return problem === undefined
      ? conclude(ports, record, { status: 'verified', verification, times: {} }, 'machines')
      : conclude(ports, record, { status: 'failed', reason: problem, verification, times: {} });
  };
}

const checkedMark = 'delivery checked';

function isChecked({ verification }: ResponseRecord): boolean {
  return verification?.evidence.startsWith(checkedMark) === true;
}

async function recordOf(input: unknown, ports: GuardPorts): Promise<ResponseRecord> {
  const result = recorded.safeParse(input);
  if (!result.success) {
    const path = result.error.issues[0]?.path.map(String).join('.') || '(root)';
    throw new MalformedEventError(path, { cause: result.error });
  }
  const record = await ports.records.get(result.data.detail.id);
  if (!record) throw new MalformedEventError('detail.id');
  return record;
}

interface Look {
  readonly problem?: string;
  readonly evidence: string;
  readonly isSuperseded?: boolean;
}

async function look(record: ResponseRecord, trail: TrailId, ports: GuardPorts): Promise<Look> {
  const trails = ports.trails();
  try {
    const status = await trails.status(trail);
    if (!status.isLogging && status.stoppedAt !== record.times.broken) {
      return { evidence: '', isSuperseded: true };
    }
    const isSeeing = logsWriteManagementEvents(await trails.selectors(trail));
    return judge(record, status, isSeeing);
  } catch (error) {
    if (!(error instanceof RemediationError)) throw error;
    return { problem: `the delivery could not be checked: ${error.message}`, evidence: error.name };
  }
}

function judge(record: ResponseRecord, status: TrailStatus, isSeeing: boolean): Look {
  const since = record.times.applied ?? record.times.claimed;
  const delivered = status.latestDeliveryAt ?? 'never';
  const evidence = `IsLogging ${status.isLogging}, LatestDeliveryTime ${delivered}, write management events ${isSeeing ? 'are' : 'are NOT'} selected`;
  if (!status.isLogging) return { problem: 'the trail does not record', evidence };
  if (!isSeeing) {
    return {
      problem: 'the trail runs, but its selectors log no write management events',
      evidence,
    };
  }
  if (status.latestDeliveryAt !== undefined && status.latestDeliveryAt > since) return { evidence };
  const said = status.latestDeliveryError
    ? ` (LatestDeliveryError ${status.latestDeliveryError})`
    : '';
  return {
    problem: `the trail runs, but no log file has arrived since the restart at ${since}${said}: check bucket policy and key`,
    evidence,
  };
}
