import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy, { type MiddyfiedHandler } from '@middy/core';
import type {
  Context,
  DynamoDBRecord,
  DynamoDBStreamEvent,
  SQSBatchResponse,
  SQSEvent,
} from 'aws-lambda';
import { awsClient } from './aws-client.ts';
import { deadLetterQueue, type SendDeadLetter } from './dead-letters.ts';
import { errorFacts, MisconfiguredError, UnreadableBodyError } from './errors.ts';
import { logger, measure } from './telemetry.ts';

/** Replaceable for tests: where input that can never work goes. */
export interface HandlerOptions {
  readonly deadLetters?: SendDeadLetter;
}

const ownQueue = deadLetterQueue(
  async () => {
    const { SQSClient } = await import('@aws-sdk/client-sqs');
    return awsClient(SQSClient, {});
  },
  () => {
    const url = process.env.DLQ_URL;
    if (!url) throw new MisconfiguredError('DLQ_URL');
    return url;
  },
);

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
  return wrap(async (event: unknown, context: Context) => {
    logger.appendKeys({ correlationId: idOf(event) });
    return settle({
      run: () => run(event, context),
      body: event,
      context,
      deadLetters,
      source: {},
    });
  });
}

/**
 * A Lambda handler for an SQS queue: each message on its own, failures reported one by one.
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
    for (const { body, messageId } of event.Records) {
      logger.appendKeys({ correlationId: messageId });
      try {
        const source = { messageId };
        await settle({
          run: async () => run(parseBody(body), context),
          body,
          context,
          deadLetters,
          source,
        });
      } catch {
        failed.push(messageId);
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
      const source = { streamEventId: record.eventID ?? '' };
      logger.appendKeys({ correlationId: source.streamEventId });
      await settle({ run: () => run(record, context), body: record, context, deadLetters, source });
    }
  });
}

function wrap<TEvent, TResult>(
  run: (event: TEvent, context: Context) => Promise<TResult>,
): MiddyfiedHandler<TEvent, TResult, Error, Context> {
  return middy<TEvent, TResult, Error, Context>(run).use(
    injectLambdaContext(logger, { clearState: true }),
  );
}

interface Settling<TResult> {
  readonly run: () => Promise<TResult>;
  readonly body: unknown;
  readonly context: Context;
  readonly deadLetters: SendDeadLetter;
  readonly source: Readonly<Record<string, string>>;
}

async function settle<TResult>({
  run,
  body,
  context,
  deadLetters,
  source,
}: Settling<TResult>): Promise<TResult | undefined> {
  try {
    return await run();
  } catch (thrown) {
    const facts = errorFacts(thrown);
    logger.error('input failed', {
      errorName: facts.name,
      path: facts.path,
      permanent: facts.permanent,
    });
    measure({ name: 'Failures', value: 1, unit: 'Count', dimensions: { errorName: facts.name } });
    if (!facts.permanent) throw thrown;
    const origin = {
      function: context.functionName,
      requestId: context.awsRequestId,
      eventId: idOf(body),
    };
    await deadLetters({ body, error: facts, source: { ...origin, ...source } });
    return undefined;
  }
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new UnreadableBodyError('message body is not JSON', { cause });
  }
}

function idOf(event: unknown): string {
  const id = typeof event === 'object' && event !== null && 'id' in event ? event.id : '';
  return typeof id === 'string' ? id.slice(0, 128) : '';
}
