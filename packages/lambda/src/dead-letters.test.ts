import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { deadLetterText, directHandler } from './index.ts';
import { type CapturedOutput, captureOutput } from './testing/captured-output.ts';
import { context } from './testing/lambda-context.ts';

const error = { name: 'E', message: 'm', permanent: true };

describe('deadLetterText', () => {
  it('carries body, reason and source', () => {
    const text = deadLetterText({
      body: { a: 1 },
      error: { ...error, path: 'a' },
      source: { s: 't' },
    });
    expect(JSON.parse(text)).toEqual({
      body: { a: 1 },
      error: { name: 'E', message: 'm', path: 'a' },
      source: { s: 't' },
    });
  });

  it('cuts a body that the queue does not hold, and says how long it was', () => {
    const letter = JSON.parse(deadLetterText({ body: 'x'.repeat(1_000_000), error, source: {} }));
    expect(letter).toMatchObject({ bodyBytes: 1_000_002 });
    expect(letter.bodyCut).toHaveLength(200_000);
  });

  it('carries what has no JSON as nothing', () => {
    expect(JSON.parse(deadLetterText({ body: undefined, error, source: {} }))).not.toHaveProperty(
      'body',
    );
  });

  it('is always text that SQS takes, and loses nothing of the body', () => {
    const odd = fc.string({
      unit: fc.constantFrom('a', '"', '\u0000', '\ufffe', '\uffff', '\ud800'),
    });
    fc.assert(
      fc.property(odd, (body) => {
        const text = deadLetterText({ body, error, source: {} });
        expect(text).not.toMatch(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/);
        expect(JSON.parse(text).body).toBe(body);
      }),
    );
  });
});

describe("a function's own queue", () => {
  const sqs = mockClient(SQSClient);
  let output: CapturedOutput;
  const handler = directHandler(() =>
    Promise.reject(Object.assign(new RangeError('no'), { retryable: false })),
  );

  beforeEach(() => {
    sqs.reset();
    output = captureOutput();
    process.env.AWS_REGION = 'eu-west-1';
    process.env.DLQ_URL = 'https://queue.example/dlq';
  });

  afterEach(() => {
    output.release();
    delete process.env.DLQ_URL;
  });

  it('takes dead letters where no other way is given', async () => {
    await handler({ id: 'e-1' }, context);
    const [call] = sqs.commandCalls(SendMessageCommand);
    expect(call?.args[0].input.QueueUrl).toBe('https://queue.example/dlq');
    expect(JSON.parse(call?.args[0].input.MessageBody ?? '')).toMatchObject({
      body: { id: 'e-1' },
      error: { name: 'RangeError' },
      source: { eventId: 'e-1', function: 'riposte-test' },
    });
  });

  it('fails loudly where there is none', async () => {
    delete process.env.DLQ_URL;
    await expect(handler({}, context)).rejects.toMatchObject({
      name: 'MisconfiguredError',
      path: 'DLQ_URL',
    });
  });

  it('fails when the queue does', async () => {
    sqs.on(SendMessageCommand).rejects(new TypeError('away'));
    await expect(handler({}, context)).rejects.toThrow('away');
  });
});
