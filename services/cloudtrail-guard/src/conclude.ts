import type { ResponseRecord } from '@riposte/findings';
import { type Conclusion, concludeWith, StaleRecordError } from '@riposte/responses';
import { renderMessage } from './message.ts';
import type { GuardPorts, Outcome } from './ports.ts';

/** Whether people are told of an outcome, or only the bus and the evidence bucket. */
export type Audience = 'people' | 'machines';

/**
 * Writes what an answer came to, with the words that people read. Whoever concluded the same incident in between was right too: then
 * nothing is written, and nobody is told twice.
 */
export async function conclude(
  ports: GuardPorts,
  record: ResponseRecord,
  conclusion: Conclusion,
  audience: Audience = 'people',
): Promise<Outcome> {
  const ended = ports.clock().toISOString();
  const times = { ended, ...conclusion.times };
  const { message: _before, ...concluded } = concludeWith(record, { ...conclusion, times });
  const told =
    audience === 'people'
      ? { ...concluded, message: renderMessage(concluded, ports.stage) }
      : concluded;
  const { id, status, resource, reason } = told;
  const facts = { resource: resource.arn, incident: id, ...(reason !== undefined && { reason }) };
  try {
    await ports.records.conclude(told);
  } catch (error) {
    if (error instanceof StaleRecordError) return { ...facts, result: 'duplicate' };
    throw error;
  }
  if (audience === 'people') measureAnswer(ports, told);
  return { ...facts, result: status === 'claimed' || status === 'undone' ? 'nothing' : status };
}

/** Answers by kind, failures, and the time from the break to its proof. */
function measureAnswer(ports: GuardPorts, record: ResponseRecord): void {
  const { kind, status, times, trigger } = record;
  ports.measure({ name: 'Answers', value: 1, unit: 'Count', dimensions: { kind } });
  if (status === 'failed') {
    ports.measure({ name: 'FailedAnswers', value: 1, unit: 'Count', dimensions: { kind } });
  }
  const from = times.broken ?? trigger.eventTime;
  if (status !== 'verified' || from === undefined || times.verified === undefined) return;
  const value = Math.max(0, Date.parse(times.verified) - Date.parse(from));
  ports.measure({ name: 'TimeToVerified', value, unit: 'Milliseconds' });
}
