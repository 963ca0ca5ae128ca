import type { ApiCall, ResponseRecord } from '@riposte/findings';
import { isPermanent } from '@riposte/lambda';
import { type Conclusion, concludeWith, type Decision, StaleRecordError } from '@riposte/responses';
import type { ActionCommand } from '../action-command.ts';
import { claimOf, withheldStatus } from './change-record.ts';
import { ActionUnderWayError, ActionUnprovenError } from './errors.ts';
import { failureMessage } from './failure-message.ts';
import type { Call, ChangePorts, Proof, RecordedChange } from './recorded-change.ts';

/** One attempt at one change. */
export interface Attempt {
  readonly change: RecordedChange;
  readonly command: ActionCommand;
  readonly decision: Decision;
  /** What an earlier attempt left: claimed and not ended, or failed. */
  readonly held: ResponseRecord | undefined;
  /** How often the command was received, this time included. */
  readonly receiveCount: number;
}

/** Making a change twice equals making it once: the lease may be shorter than the function's time-out. */
const leaseSeconds = 5;

/** After so many attempts people are told, though it may work later. */
const toldAfter = 10;

/**
 * Claims a change, makes it, proves it by reading back, and concludes its record. What is withheld is concluded with its plan. Where all is as wanted
 * already, nothing is changed, and nothing recorded.
 *
 * @throws what AWS answered; ActionUnderWayError while somebody else is at it; ActionUnprovenError where the state read back is another.
 */
export async function makeChange(attempt: Attempt, ports: ChangePorts): Promise<void> {
  const { decision, held } = attempt;
  const isWithheld = decision.mode !== 'enforce';
  if (isWithheld && held?.status === 'failed') return;
  const open = await openRecord(attempt, ports);
  if (!open) return;
  if (isWithheld) return withhold(open, decision, ports);
  await makeAndProve(attempt, open.record, ports);
}

interface Opened {
  readonly record: ResponseRecord;
  /** Somebody died over it: it may have been made. */
  readonly resumed: boolean;
}

/** The record to work on; none where nothing is left to do. */
async function openRecord(attempt: Attempt, ports: ChangePorts): Promise<Opened | undefined> {
  const { change, command, decision, held } = attempt;
  if (held?.status === 'failed') return { record: held, resumed: true };
  const record = held ?? (await freshRecord({ change, command, decision }, ports));
  if (!record) return undefined;
  const claim = await ports.records.claim(record, leaseSeconds);
  if (claim.claimed) return claim;
  if (claim.record.status !== 'claimed') return undefined;
  throw new ActionUnderWayError(claim.record.id, leaseSeconds);
}

async function freshRecord(
  { change, command, decision }: Pick<Attempt, 'change' | 'command' | 'decision'>,
  { clock }: ChangePorts,
): Promise<ResponseRecord | undefined> {
  const planned = await change.plan();
  if (planned.plan.length === 0) return undefined;
  return claimOf(change, { command, decision, planned }, clock());
}

function withhold(
  { record, resumed }: Opened,
  decision: Decision,
  ports: ChangePorts,
): Promise<void> {
  const { mode, reason = '' } = decision;
  const mayBeMade = resumed && record.mode === 'enforce';
  const said = mayBeMade ? `${reason}; a function died over it, and may have made it` : reason;
  return conclude(
    record,
    { status: withheldStatus(decision), mode, reason: said, times: {} },
    ports,
  );
}

async function makeAndProve(
  { change, receiveCount }: Attempt,
  record: ResponseRecord,
  ports: ChangePorts,
): Promise<void> {
  const calls: ApiCall[] = [...record.calls];
  const isLast = receiveCount >= toldAfter;
  let proof: Proof | undefined;
  try {
    proof = await change.make(record, noting(calls, ports));
    if (!proof.verified) {
      throw new ActionUnprovenError(change.resource.arn, proof.evidence, { retryable: !isLast });
    }
  } catch (error) {
    const isTold = isPermanent(error) || (isLast && record.status === 'claimed');
    if (isTold) await fail({ change, record, calls, proof, error }, ports);
    throw error;
  }
  const at = ports.clock().toISOString();
  const { evidence, after, undo } = proof;
  const { reason: _before, message: _told, ...rest } = record;
  await conclude(
    rest,
    {
      status: 'verified',
      mode: 'enforce',
      calls,
      after,
      undo,
      verification: { verified: true, at, evidence },
      times: { applied: at, verified: at },
    },
    ports,
  );
}

interface Failed {
  readonly change: RecordedChange;
  readonly record: ResponseRecord;
  readonly calls: readonly ApiCall[];
  readonly proof: Proof | undefined;
  readonly error: unknown;
}

function fail({ change, record, calls, proof, error }: Failed, ports: ChangePorts): Promise<void> {
  const at = ports.clock().toISOString();
  const reason = error instanceof Error ? error.message : 'unknown error';
  const conclusion: Conclusion = {
    status: 'failed',
    reason,
    calls,
    ...(proof && {
      after: proof.after,
      verification: { verified: false, at, evidence: proof.evidence },
      undo: proof.undo,
    }),
    times: {},
  };
  const message = failureMessage(change.kind, concludeWith(record, conclusion), ports.stage);
  return conclude(record, { ...conclusion, message }, ports);
}

/** Whoever concluded the same record in between was right too. */
async function conclude(
  record: ResponseRecord,
  { times, ...conclusion }: Conclusion,
  { records, clock }: ChangePorts,
): Promise<void> {
  const ended = clock().toISOString();
  try {
    await records.conclude(concludeWith(record, { ...conclusion, times: { ended, ...times } }));
  } catch (error) {
    if (!(error instanceof StaleRecordError)) throw error;
  }
}

/** Makes calls, and notes each, with the time at which it was answered. */
function noting(calls: ApiCall[], { clock }: ChangePorts): Call {
  return async (operation, run) => {
    const note = (error?: unknown) =>
      calls.push({
        operation,
        at: clock().toISOString(),
        ...(error instanceof Error && { error: error.name }),
      });
    try {
      const answer = await run();
      note();
      return answer;
    } catch (error) {
      note(error);
      throw error;
    }
  };
}
