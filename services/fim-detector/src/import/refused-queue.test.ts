import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { refusedQueue } from './refused-queue.ts';
import { findingAbout } from './testing/sample-findings.ts';

const sqs = mockClient(SQSClient);
const url = 'https://sqs.eu-west-1.amazonaws.com/111122223333/dlq';

beforeEach(() => {
  sqs.reset();
});

const queue = () => refusedQueue(new SQSClient({ region: 'eu-west-1' }), url);
const sent = () => sqs.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input);

describe('refusedQueue', () => {
  it('keeps findings as a message that hands them in again, with the reason beside it (O2)', async () => {
    const finding = findingAbout('/etc/a');
    await queue().keep([finding], { code: 'InvalidInput', reason: 'Title\nis odd' });
    expect(sent()[0]).toMatchObject({
      QueueUrl: url,
      MessageAttributes: {
        code: { DataType: 'String', StringValue: 'InvalidInput' },
        reason: { DataType: 'String', StringValue: 'Title\\u{a}is odd' },
        count: { DataType: 'Number', StringValue: '1' },
      },
    });
    expect(JSON.parse(sent()[0]?.MessageBody ?? '')).toEqual({
      riposte: 'import',
      findings: [finding],
    });
  });

  it('keeps many findings in messages that the queue holds, none lost', async () => {
    const findings = Array.from({ length: 230 }, (_, index) => ({
      ...findingAbout(`/etc/${index}`),
      Description: 'x'.repeat(20_000),
    }));
    await queue().keep(findings, { code: 'InvalidAccess', reason: '' });
    const bodies = sent().map(({ MessageBody = '' }) => MessageBody);
    for (const body of bodies) expect(Buffer.byteLength(body)).toBeLessThan(1_000_000);
    expect(bodies.flatMap((body) => JSON.parse(body).findings)).toHaveLength(230);
    expect(sent()[0]?.MessageAttributes?.reason).toMatchObject({ StringValue: 'none' });
  });

  it('keeps characters that the queue refuses, escaped', async () => {
    const finding = { ...findingAbout('/etc/a'), Title: 'a\uffffb' };
    await queue().keep([finding], { code: 'InvalidInput', reason: 'x\ufffe' });
    expect(sent()[0]?.MessageBody).not.toContain('\uffff');
    expect(JSON.parse(sent()[0]?.MessageBody ?? '').findings[0].Title).toBe('a\uffffb');
  });

  it('throws where the queue takes nothing: whoever sent the findings tries again', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('down'));
    await expect(
      queue().keep([findingAbout('/etc/a')], { code: 'InvalidInput', reason: 'x' }),
    ).rejects.toMatchObject({ name: 'RefusedQueueError', retryable: true });
  });
});
