import type { MiddyfiedHandler } from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type Correlation, correlationOf } from './correlation.ts';
import { ownQueue } from './dead-letters.ts';
import { retryAfter, UnreadableBodyError } from './errors.ts';
import { type HandlerOptions, wrap } from './handlers.ts';
import { BlockedError } from './in-order.ts';
import { postpone } from './postpone.ts';
import { settle } from './settle.ts';
import { logger } from './telemetry.ts';

/** One message of a queue, read. */
export interface QueueMessage {
  readonly id: string;
  /** The parsed JSON body. */
  readonly body: unknown;
  /** Messages of one group keep their order; FIFO queues only. */
  readonly group?: string;
  /** When it was sent, and how often it was received, this time included. */
  readonly sentAt: Date;
  readonly receiveCount: number;
}

/** What became of messages that were not dealt with, by message id; a message that is not in it is done. */
export type Failures = ReadonlyMap<string, unknown>;

/** Postpones a message of the queue: how long until it is received again, in seconds. */
export type Postpone = (receiptHandle: string, seconds: number) => Promise<void>;

export interface QueueHandlerOptions extends HandlerOptions {
  readonly postpone?: Postpone;
}

/**
 * A Lambda handler for an SQS queue whose messages are dealt with together. Errors are told by message: one that no retry can mend sends its message
 * to the function's own DLQ; one that says `retryAfterSeconds` postpones it by so much; any other by a while that doubles each time.
 *
 * @param run resolves with what failed. What it throws fails the batch.
 * @example
 * export const handler = queueHandler((messages) => routeAll(messages));
 */
export function queueHandler(
  run: (messages: readonly QueueMessage[], context: Context) => Promise<Failures>,
  { deadLetters = ownQueue, postpone: later = postpone }: QueueHandlerOptions = {},
): MiddyfiedHandler<SQSEvent, SQSBatchResponse, Error, Context> {
  return wrap(async ({ Records }: SQSEvent, context: Context) => {
    const failures = new Map<string, unknown>();
    const messages: QueueMessage[] = [];
    for (const record of Records) {
      const read = messageOf(record);
      if (read instanceof Error) failures.set(record.messageId, read);
      else messages.push(read);
    }
    for (const [id, error] of await run(messages, context)) failures.set(id, error);
    const failed: string[] = [];
    for (const record of Records.filter(({ messageId }) => failures.has(messageId))) {
      const error = failures.get(record.messageId);
      if (await isSettled(record, error, { context, deadLetters })) continue;
      failed.push(record.messageId);
      await comeBackLater(record, error, later);
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
}

/**
 * A Lambda handler for an SQS queue whose messages are dealt with one after another, each on its own. What fails, and may work later, comes back at the end
 * of its visibility time-out.
 *
 * @param run receives the parsed JSON body.
 * @example
 * export const handler = sqsBatchHandler((body) => checkDelivery(body));
 */
export function sqsBatchHandler(
  run: (body: unknown, context: Context) => Promise<unknown>,
  options: HandlerOptions = {},
): MiddyfiedHandler<SQSEvent, SQSBatchResponse, Error, Context> {
  const runAll = async (messages: readonly QueueMessage[], context: Context) => {
    const failures = new Map<string, unknown>();
    for (const { id, body } of messages) {
      logger.resetKeys();
      logger.appendKeys({ ...correlationWith(id, body), messageId: id });
      try {
        await run(body, context);
      } catch (error) {
        failures.set(id, error);
      }
    }
    return failures;
  };
  return queueHandler(runAll, { ...options, postpone: async () => undefined });
}

/** Seconds. */
const longestBackOff = 300;

/** A message that fails comes back after a while that doubles, not after the queue's whole visibility time-out. */
async function comeBackLater(
  { receiptHandle, attributes }: SQSRecord,
  error: unknown,
  later: Postpone,
): Promise<void> {
  const received = Number(attributes.ApproximateReceiveCount) || 1;
  const backOff = Math.min(2 ** Math.min(received, 10), longestBackOff) * (0.5 + Math.random() / 2);
  try {
    await later(receiptHandle, retryAfter(error) ?? backOff);
  } catch (failure) {
    // It comes back all the same, at the end of its visibility time-out.
    const errorName = failure instanceof Error ? failure.name : 'unknown';
    logger.warn('a message could not be postponed', { errorName });
  }
}

function messageOf(record: SQSRecord): QueueMessage | UnreadableBodyError {
  const { messageId, body, attributes } = record;
  try {
    return {
      id: messageId,
      body: JSON.parse(body),
      ...(attributes.MessageGroupId !== undefined && { group: attributes.MessageGroupId }),
      sentAt: new Date(Number(attributes.SentTimestamp)),
      receiveCount: Number(attributes.ApproximateReceiveCount),
    };
  } catch (cause) {
    return new UnreadableBodyError('message body is not JSON', { cause });
  }
}

interface Settling {
  readonly context: Context;
  readonly deadLetters: HandlerOptions['deadLetters'];
}

/** True when the error is permanent and its message lies in the dead letter queue. */
async function isSettled(
  record: SQSRecord,
  error: unknown,
  { context, deadLetters = ownQueue }: Settling,
): Promise<boolean> {
  if (error instanceof BlockedError) return false;
  const { body, messageId, attributes } = record;
  const read = messageOf(record);
  try {
    await settle({
      run: () => Promise.reject(error),
      body,
      context,
      deadLetters,
      correlation: correlationWith(messageId, read instanceof Error ? undefined : read.body),
      source: {
        messageId,
        ...(attributes.MessageGroupId !== undefined && { group: attributes.MessageGroupId }),
      },
    });
    return true;
  } catch {
    return false;
  }
}

/** Of the event in a message, or of the message where that has no id. */
function correlationWith(messageId: string, body: unknown): Correlation {
  const { correlationId, ...correlation } = correlationOf(body);
  return { ...correlation, correlationId: correlationId || messageId };
}
