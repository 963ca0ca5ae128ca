import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type DeadLetter,
  inOrder,
  LambdaError,
  logger,
  type QueueMessage,
  queueHandler,
  sqsBatchHandler,
} from './index.ts';
import { type CapturedOutput, captureOutput } from './testing/captured-output.ts';
import { context } from './testing/lambda-context.ts';
import { sqsRecord as message } from './testing/sqs-record.ts';

class HopelessError extends LambdaError {
  override readonly name = 'HopelessError';
  readonly retryable = false;
}

class BusyError extends LambdaError {
  override readonly name = 'BusyError';
  readonly retryable = true;
  readonly retryAfterSeconds = 90;
}

let output: CapturedOutput;
let letters: DeadLetter[];
let postponed: (readonly [string, number])[];
const options = {
  deadLetters: async (letter: DeadLetter) => {
    letters.push(letter);
  },
  postpone: async (receipt: string, seconds: number) => {
    postponed.push([receipt, seconds]);
  },
};

beforeEach(() => {
  letters = [];
  postponed = [];
  output = captureOutput();
});

afterEach(() => output.release());

describe('queueHandler', () => {
  it('gives all messages at once, read, with what the queue knows of them', async () => {
    const seen: QueueMessage[] = [];
    const handler = queueHandler(async (messages) => {
      seen.push(...messages);
      return new Map();
    }, options);
    const answer = await handler(
      { Records: [message('a', { n: 1 }), message('b', 2, 'g')] },
      context,
    );
    expect(answer).toEqual({ batchItemFailures: [] });
    const sentAt = new Date(1_790_000_000_000);
    expect(seen).toEqual([
      { id: 'a', body: { n: 1 }, sentAt, receiveCount: 2 },
      { id: 'b', body: 2, group: 'g', sentAt, receiveCount: 2 },
    ]);
  });

  it('sends what can never work to the dead letters, and lets the rest come back', async () => {
    const errors = new Map<string, unknown>([
      ['hopeless', new HopelessError('no')],
      ['later', new TypeError('who knows')],
    ]);
    const handler = queueHandler(async () => errors, options);
    const Records = [message('hopeless', {}), message('later', {}), message('torn', '{')];
    expect(await handler({ Records }, context)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'later' }],
    });
    expect(letters.map(({ error }) => error.name)).toEqual([
      'HopelessError',
      'UnreadableBodyError',
    ]);
    const [[receipt, seconds] = ['', 0]] = postponed;
    expect(receipt).toBe('receipt-later');
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(4);
  });

  it('postpones a message for as long as its error says', async () => {
    const handler = queueHandler(async () => new Map([['a', new BusyError('busy')]]), options);
    expect(await handler({ Records: [message('a', {})] }, context)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'a' }],
    });
    expect(postponed).toEqual([['receipt-a', 90]]);
  });

  it('lets a message come back that cannot be postponed', async () => {
    const broken = { ...options, postpone: () => Promise.reject(new TypeError('away')) };
    const handler = queueHandler(async () => new Map([['a', new BusyError('busy')]]), broken);
    expect(await handler({ Records: [message('a', {})] }, context)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'a' }],
    });
  });

  it('fails as a whole when the work does', async () => {
    const handler = queueHandler(() => Promise.reject(new TypeError('table away')), options);
    await expect(handler({ Records: [message('a', {})] }, context)).rejects.toThrow('table away');
  });
});

describe('inOrder', () => {
  const run = (failing: ReadonlyMap<string, Error>, done: string[]) =>
    inOrder(async ({ id }) => {
      const error = failing.get(id);
      if (error) throw error;
      done.push(id);
    });

  it('holds back what follows a failure in its group, and nothing else', async () => {
    const done: string[] = [];
    const failing = new Map([['a1', new BusyError('busy')]]);
    const Records = [
      message('a1', {}, 'a'),
      message('b1', {}, 'b'),
      message('a2', {}, 'a'),
      message('b2', {}, 'b'),
    ];
    const handler = queueHandler(run(failing, done), options);
    expect(await handler({ Records }, context)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'a1' }, { itemIdentifier: 'a2' }],
    });
    expect(done).toEqual(['b1', 'b2']);
    expect(postponed).toEqual([
      ['receipt-a1', 90],
      ['receipt-a2', 0],
    ]);
  });

  it('goes on after what can never work', async () => {
    const done: string[] = [];
    const failing = new Map([['a1', new HopelessError('no')]]);
    const handler = queueHandler(run(failing, done), options);
    const Records = [message('a1', {}, 'a'), message('a2', {}, 'a')];
    expect(await handler({ Records }, context)).toEqual({ batchItemFailures: [] });
    expect(done).toEqual(['a2']);
    expect(letters.map(({ error }) => error.name)).toEqual(['HopelessError']);
  });
});

describe('sqsBatchHandler', () => {
  it('works on each message, and reports only those that are worth another try', async () => {
    const seen: unknown[] = [];
    const handler = sqsBatchHandler(async (body) => {
      seen.push(body);
      if (body === 'busy') throw new BusyError('later');
      if (body === 'hopeless') throw new HopelessError('never');
    }, options);
    const Records = ['"fine"', '"busy"', '"hopeless"', '{broken'].map((body, index) =>
      message(`m-${index}`, body),
    );
    expect(await handler({ Records }, context)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm-1' }],
    });
    expect(seen).toEqual(['fine', 'busy', 'hopeless']);
    expect(new Set(output.lines().map((line) => line.message ?? 'a measure'))).toEqual(
      new Set(['input failed', 'a measure']),
    );
    expect(letters.map(({ error, body, source }) => [error.name, body, source.messageId])).toEqual([
      ['HopelessError', '"hopeless"', 'm-2'],
      ['UnreadableBodyError', '{broken', 'm-3'],
    ]);
  });

  it('reports a message whose dead letter nobody took', async () => {
    const handler = sqsBatchHandler(async () => undefined, {
      deadLetters: () => Promise.reject(new BusyError('queue is away')),
    });
    expect(await handler({ Records: [message('m-0', '{')] }, context)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm-0' }],
    });
  });

  it('logs the id of the event within a message', async () => {
    const handler = sqsBatchHandler(async () => logger.info('working'), options);
    await handler({ Records: [message('m-0', '{"id":"e-1"}'), message('m-1', '{}')] }, context);
    expect(output.lines()).toMatchObject([
      { correlationId: 'e-1', messageId: 'm-0' },
      { correlationId: 'm-1', messageId: 'm-1' },
    ]);
  });
});
