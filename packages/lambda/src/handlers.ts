import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy, { type MiddyfiedHandler } from '@middy/core';
import type {
  Context,
  DynamoDBRecord,
  DynamoDBStreamEvent,
  SQSBatchResponse,
  SQSEvent,
  SQSRecord,
} from 'aws-lambda';
import { correlationOf } from './correlation.ts';
import { ownQueue, type SendDeadLetter } from './dead-letters.ts';
import { UnreadableBodyError } from './errors.ts';
import { settle } from './settle.ts';
import { logger } from './telemetry.ts';

/** Replaceable for tests: where input that can never work goes. */
export interface HandlerOptions {
  readonly deadLetters?: SendDeadLetter;
}

/**
 * A Lambda handler for events that arrive one at a time. Input that can never work goes to the function's own DLQ with its reason and counts as
 * done; any other error is thrown, so that Lambda retries and then uses the on-failure destination.
 *
 * @example
 * export const handler = directHandler((event: unknown) => restartTrail(parseEvent(event)));
 */
export function directHandler<TResult>(
  run: (event: unknown, context: Context) => Promise<TResult>,
  { deadLetters = ownQueue }: HandlerOptions = {},
): MiddyfiedHandler<unknown, TResult | undefined, Error, Context> {
  return wrap((event: unknown, context: Context) =>
    settle({
      run: () => run(event, context),
      body: event,
      context,
      deadLetters,
      correlation: correlationOf(event),
      source: {},
    }),
  );
}

/**
 * A Lambda handler for an SQS queue: each message on its own, failures reported one by one (`ReportBatchItemFailures`). A message that can never
 * work does not block its batch.
 *
 * @param run receives the parsed JSON body.
 * @example
 * export const handler = sqsBatchHandler((body) => checkDelivery(body));
 */
export function sqsBatchHandler(
  run: (body: unknown, context: Context) => Promise<unknown>,
  { deadLetters = ownQueue }: HandlerOptions = {},
): MiddyfiedHandler<SQSEvent, SQSBatchResponse, Error, Context> {
  return wrap(async (event: SQSEvent, context: Context) => {
    const failed: string[] = [];
    for (const message of event.Records) {
      try {
        await settleMessage(message, { run, context, deadLetters });
      } catch {
        failed.push(message.messageId);
      }
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  });
}

/**
 * A Lambda handler for a DynamoDB stream with batches of one: each record is its own commit. An error that a retry can mend is thrown.
 *
 * @example
 * export const handler = streamHandler((record) => sendWhatIsNew(record));
 */
export function streamHandler(
  run: (record: DynamoDBRecord, context: Context) => Promise<unknown>,
  { deadLetters = ownQueue }: HandlerOptions = {},
): MiddyfiedHandler<DynamoDBStreamEvent, void, Error, Context> {
  return wrap(async (event: DynamoDBStreamEvent, context: Context) => {
    for (const record of event.Records) {
      const key = record.dynamodb?.Keys?.pk?.S ?? '';
      await settle({
        run: () => run(record, context),
        body: record,
        context,
        deadLetters,
        correlation: { correlationId: key },
        source: { streamEventId: record.eventID ?? '' },
      });
    }
  });
}

/** Events are never logged, whatever Powertools' environment says: they carry findings. */
export function wrap<TEvent, TResult>(
  run: (event: TEvent, context: Context) => Promise<TResult>,
): MiddyfiedHandler<TEvent, TResult, Error, Context> {
  return middy<TEvent, TResult, Error, Context>(run).use(
    injectLambdaContext(logger, { resetKeys: true, logEvent: false }),
  );
}

interface MessageRun {
  readonly run: (body: unknown, context: Context) => Promise<unknown>;
  readonly context: Context;
  readonly deadLetters: SendDeadLetter;
}

async function settleMessage(
  { body, messageId }: SQSRecord,
  { run, context, deadLetters }: MessageRun,
): Promise<void> {
  const parsed = parseBody(body);
  const { correlationId, ...correlation } = correlationOf(parsed.value);
  await settle({
    run: async () => {
      if (parsed.error) throw parsed.error;
      return run(parsed.value, context);
    },
    body,
    context,
    deadLetters,
    correlation: { ...correlation, correlationId: correlationId || messageId },
    source: { messageId },
  });
}

interface ParsedBody {
  readonly value?: unknown;
  readonly error?: UnreadableBodyError;
}

function parseBody(body: string): ParsedBody {
  try {
    return { value: JSON.parse(body) };
  } catch (cause) {
    return { error: new UnreadableBodyError('message body is not JSON', { cause }) };
  }
}
