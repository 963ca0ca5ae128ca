import { escapeText, type ResponseRecord } from '@riposte/findings';
import { concludeWith, decideMode, StaleRecordError } from '@riposte/responses';
import { NotVerifiedError, RefusedError } from '../errors.ts';
import type { Terminal } from '../terminal.ts';
import { actorOfCaller } from './actor-of-caller.ts';
import type { ResponsesPorts } from './ports.ts';
import { showResponse } from './show-response.ts';
import type { UndoAction } from './undo-action.ts';
import { undoActionOf } from './undo-actions.ts';
import { undoMessage } from './undo-message.ts';

/** Which response, and whether the person has confirmed already. */
export interface UndoRequest {
  readonly id: string;
  readonly yes: boolean;
}

/**
 * Takes a response back: shows what it will do and what that means, asks, changes, reads the state back, and writes into the record who
 * did it. People on the alerts topic are told.
 *
 * @throws RefusedError where it is impossible, not confirmed, or done already; NotVerifiedError where the state read back is another.
 */
export async function undoResponse(
  request: UndoRequest,
  ports: ResponsesPorts,
  terminal: Terminal,
): Promise<ResponseRecord> {
  const record = await showResponse(request.id, ports);
  const action = actionFor(record);
  const means = {
    trails: ports.trails(record.id),
    tags: ports.tags(record.resource),
    pause: ports.pause,
  };
  const steps = await action.plan(means);
  if (steps.length === 0) {
    throw new RefusedError(
      `nothing is left to undo: ${record.resource.arn} is in that state already`,
      `see: riposte responses show ${record.id}`,
    );
  }
  terminal.note(await planText(record, { ...action, steps }, ports));
  await confirmed(request, terminal);
  await action.apply(means);
  const { verified, evidence } = await action.verify(means);
  const undone = undoneRecord(record, { action, verified, evidence }, ports);
  await concludeOrSay(undone, ports);
  if (verified) return undone;
  throw new NotVerifiedError(
    `the change was made, but the state read back is not the wanted one: ${evidence}`,
    'Riposte may have answered at once: exempt the resource first, then undo again',
  );
}

function actionFor(record: ResponseRecord): UndoAction {
  const { status, undo, id } = record;
  const look = `see: riposte responses show ${id}`;
  if (status === 'undone') {
    throw new RefusedError(`${id} was undone already, by ${record.approver ?? 'somebody'}`, look);
  }
  if (status === 'claimed') {
    throw new RefusedError(`${id} is still being worked on`, 'wait a minute, then try again');
  }
  if (!undo.possible) throw new RefusedError(`${id} cannot be undone: ${undo.how}`, look);
  const action = undoActionOf(record);
  if (action) return action;
  throw new RefusedError(
    `this version of riposte does not know how to undo ${escapeText(record.kind, 60)}`,
    `by hand: ${escapeText(undo.how, 300)}`,
  );
}

async function planText(
  record: ResponseRecord,
  { steps, consequences }: Pick<UndoAction, 'consequences'> & { readonly steps: readonly string[] },
  ports: ResponsesPorts,
): Promise<string> {
  const lines = [
    `Undo of ${record.id} (${record.kind}, ${record.status} at ${record.times.verified ?? record.times.claimed})`,
    ...steps.map((step) => `  will do: ${step}`),
    ...consequences.map((consequence) => `  WARNING: ${consequence}`),
    ...(await answerAgain(record, ports)),
    `  recorded as done by: ${ports.caller}`,
  ];
  return lines.join('\n');
}

/** An undo of a trail is answered at once, and does not last: say so before, and how to make it last. */
async function answerAgain(
  { kind, mode: former, resource, service }: ResponseRecord,
  ports: ResponsesPorts,
): Promise<readonly string[]> {
  if (resource.type !== trailType) return [];
  const isStop = kind === 'trail-stopped' || kind === 'trail-blinded';
  const { mode } = decideMode(await ports.settings(service).read(), {
    kind: isStop ? 'trail-stopped' : kind,
    defaultMode: former,
    resourceArn: resource.arn,
    actor: actorOfCaller(ports.caller),
    failOpen: isStop,
  });
  if (mode !== 'enforce') return [];
  const parameter = `/riposte/${ports.stage}/${service}/settings`;
  return [
    '  WARNING: RIPOSTE WILL ANSWER AGAIN within seconds: neither the resource nor you are exempt.',
    `           To make it last, first add "${resource.arn}" to "exemptResources" in SSM parameter ${parameter}.`,
  ];
}

const trailType = 'AWS::CloudTrail::Trail';

async function confirmed({ yes }: UndoRequest, terminal: Terminal): Promise<void> {
  if (yes) return;
  if (!terminal.isInteractive) {
    throw new RefusedError('nobody is here to confirm', 'give --yes if you mean it');
  }
  if (await terminal.confirm('Undo it?')) return;
  throw new RefusedError('not confirmed; nothing was changed', 'answer yes, or give --yes');
}

interface Proof {
  readonly action: UndoAction;
  readonly verified: boolean;
  readonly evidence: string;
}

function undoneRecord(
  record: ResponseRecord,
  { action, verified, evidence }: Proof,
  { caller, clock, stage }: ResponsesPorts,
): ResponseRecord {
  const at = clock().toISOString();
  const undone = concludeWith(record, {
    status: verified ? 'undone' : record.status,
    approver: caller,
    reason: verified ? `undone by ${caller}` : `undo by ${caller} is not proven: ${evidence}`,
    calls: [...record.calls, ...action.operations.map((operation) => ({ operation, at }))],
    verification: { verified, at, evidence },
    undo: verified ? { possible: false, how: `undone by ${caller} at ${at}` } : record.undo,
    times: { ended: at },
  });
  return { ...undone, message: undoMessage(undone, action.done, stage) };
}

async function concludeOrSay(record: ResponseRecord, { records }: ResponsesPorts): Promise<void> {
  try {
    await records.conclude(record);
  } catch (cause) {
    if (!(cause instanceof StaleRecordError)) throw cause;
    throw new RefusedError(
      `the change was made, but somebody else concluded ${record.id} meanwhile, so that it is not in the record`,
      `look at it: riposte responses show ${record.id}`,
      { cause },
    );
  }
}
