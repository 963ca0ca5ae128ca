import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import { type DeadLetter, directHandler, LambdaError, logger, streamHandler } from './index.ts';
import { type CapturedOutput, captureOutput } from './testing/captured-output.ts';
import { context } from './testing/lambda-context.ts';

class HopelessError extends LambdaError {
  override readonly name = 'HopelessError';
  readonly retryable = false;
  readonly path = 'detail.trail';
}

class BusyError extends LambdaError {
  override readonly name = 'BusyError';
  readonly retryable = true;
}

let output: CapturedOutput;
let letters: DeadLetter[];
const deadLetters = async (letter: DeadLetter) => {
  letters.push(letter);
};
const brokenQueue = () => Promise.reject(new BusyError('queue is away'));

beforeEach(() => {
  letters = [];
  output = captureOutput();
});

afterEach(() => {
  output.release();
});

const event = { id: 'e-1', detail: { eventID: 'ct-1', secret: 'never in a log' } };

describe('directHandler', () => {
  it('answers what the use case answers', async () => {
    const handler = directHandler(async (input) => ({ input }), { deadLetters });
    expect(await handler(event, context)).toEqual({ input: event });
  });

  it('sends input that can never work to the dead letter queue with its reason, and is done', async () => {
    const handler = directHandler(() => Promise.reject(new HopelessError('no trail')), {
      deadLetters,
    });
    expect(await handler(event, context)).toBeUndefined();
    expect(letters).toEqual([
      {
        body: event,
        error: {
          name: 'HopelessError',
          message: 'no trail',
          path: 'detail.trail',
          permanent: true,
        },
        source: { function: 'riposte-test', requestId: 'r-1', eventId: 'e-1' },
      },
    ]);
  });

  it.each([new BusyError('later'), new TypeError('who knows')])(
    'lets %s through, so that it is tried again',
    async (error) => {
      const handler = directHandler(() => Promise.reject(error), { deadLetters });
      await expect(handler(event, context)).rejects.toBe(error);
      expect(letters).toEqual([]);
    },
  );

  it('fails when the dead letter queue takes nothing, so that nothing is lost', async () => {
    const handler = directHandler(() => Promise.reject(new HopelessError('no')), {
      deadLetters: brokenQueue,
    });
    await expect(handler(event, context)).rejects.toThrow('queue is away');
  });

  it('logs the ids of event and API call with every line, and neither body nor line breaks of others', async () => {
    process.env.POWERTOOLS_LOGGER_LOG_EVENT = 'true';
    const handler = directHandler(
      async () => {
        logger.info('working');
        throw new HopelessError('evil\n{"level":"INFO"}');
      },
      { deadLetters },
    );
    await handler(event, context);
    delete process.env.POWERTOOLS_LOGGER_LOG_EVENT;
    expect(output.lines()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ message: 'working', correlationId: 'e-1', apiCallId: 'ct-1' }),
        expect.objectContaining({
          message: 'input failed',
          errorName: 'HopelessError',
          path: 'detail.trail',
          reason: 'evil\\u{a}{"level":"INFO"}',
        }),
      ]),
    );
    expect(output.text()).not.toContain('never in a log');
  });

  it('counts failures by the name of the error', async () => {
    const handler = directHandler(() => Promise.reject(new HopelessError('no')), { deadLetters });
    await handler(event, context);
    expect(output.lines()).toContainEqual(
      expect.objectContaining({ Failures: 1, errorName: 'HopelessError' }),
    );
  });

  it('forgets the ids of the event before', async () => {
    const handler = directHandler(async () => logger.info('working'), { deadLetters });
    await handler(event, context);
    await handler({ id: 'e-2' }, context);
    const [, second] = output.lines();
    expect(second).toMatchObject({ correlationId: 'e-2' });
    expect(second).not.toHaveProperty('apiCallId');
  });
});

describe('streamHandler', () => {
  const record: DynamoDBRecord = {
    eventID: 's-1',
    dynamodb: { Keys: { pk: { S: 'record#inc-1' }, sk: { S: 'record' } } },
  };

  it('hands over each record', async () => {
    const seen: DynamoDBRecord[] = [];
    const handler = streamHandler(
      async (given) => {
        logger.info('working');
        seen.push(given);
      },
      { deadLetters },
    );
    await handler({ Records: [record, {}] }, context);
    expect(seen).toEqual([record, {}]);
    const [first, second] = output.lines();
    expect(first).toMatchObject({ correlationId: 'record#inc-1', streamEventId: 's-1' });
    expect(second).not.toHaveProperty('correlationId');
  });

  it('lets a failure through, so that the stream tries again', async () => {
    const handler = streamHandler(() => Promise.reject(new BusyError('later')), { deadLetters });
    await expect(handler({ Records: [record] }, context)).rejects.toThrow('later');
  });

  it('moves a record that can never leave out of the way', async () => {
    const handler = streamHandler(() => Promise.reject(new HopelessError('never')), {
      deadLetters,
    });
    await handler({ Records: [record] }, context);
    expect(letters).toMatchObject([{ body: record, source: { streamEventId: 's-1' } }]);
  });
});
