import { escapeText } from '@riposte/findings';
import type { Context } from 'aws-lambda';
import type { Correlation } from './correlation.ts';
import type { SendDeadLetter } from './dead-letters.ts';
import { errorFacts } from './errors.ts';
import { logger, measure } from './telemetry.ts';

/** One piece of input, and what is to be done with it. */
export interface Settling<TResult> {
  readonly run: () => Promise<TResult>;
  /** As it arrived: what a dead letter carries. */
  readonly body: unknown;
  readonly context: Context;
  readonly deadLetters: SendDeadLetter;
  readonly correlation: Correlation;
  /** Further ids of where it came from. */
  readonly source: Readonly<Record<string, string>>;
}

/**
 * Does the work on one piece of input, and decides the way of an error: input that can never work goes to the dead letter queue with its
 * reason, and counts as done; any other error is thrown, so that whoever sent the input tries again.
 *
 * @throws what `run` throws and a retry may mend; what the dead letter queue answers when it takes nothing.
 */
export async function settle<TResult>(settling: Settling<TResult>): Promise<TResult | undefined> {
  const { run, body, context, deadLetters, correlation, source } = settling;
  logger.resetKeys();
  logger.appendKeys({ ...correlation, ...source });
  try {
    return await run();
  } catch (thrown) {
    const facts = errorFacts(thrown);
    const { name: errorName, path, permanent } = facts;
    const reason = escapeText(facts.message, 300);
    const cause = causeOf(thrown);
    logger.error('input failed', { errorName, path, permanent, reason, cause });
    measure({ name: 'Failures', value: 1, unit: 'Count', dimensions: { errorName } });
    if (!permanent) throw thrown;
    await deadLetters({
      body,
      error: facts,
      source: {
        function: context.functionName,
        requestId: context.awsRequestId,
        eventId: correlation.correlationId,
        ...source,
      },
    });
    return undefined;
  }
}

/** What lies behind an error of ours, e.g. what AWS answered. */
function causeOf(thrown: unknown): string | undefined {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  return cause instanceof Error ? escapeText(`${cause.name}: ${cause.message}`, 300) : undefined;
}
