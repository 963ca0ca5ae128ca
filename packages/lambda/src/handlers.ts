import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy, { type MiddyfiedHandler } from '@middy/core';
import type { Context, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { correlationOf } from './correlation.ts';
import { ownQueue, type SendDeadLetter } from './dead-letters.ts';
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
