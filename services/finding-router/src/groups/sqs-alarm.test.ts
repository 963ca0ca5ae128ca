import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { sqsAlarm } from './sqs-alarm.ts';

describe('sqsAlarm', () => {
  const now = new Date('2026-01-05T12:00:00Z');

  it.each([
    ['2026-01-05T12:00:29.100Z', 30],
    ['2026-01-05T11:00:00.000Z', 0],
    ['2026-01-05T12:15:00.000Z', 900],
    ['2026-01-05T12:15:01.000Z', undefined],
  ])('wakes at %s after %p seconds', async (at, delay) => {
    const sqs = mockClient(SQSClient);
    sqs.on(SendMessageCommand).resolves({});
    await sqsAlarm(new SQSClient({}), 'https://queue', () => now).wake('grp-1', at);
    const sent = sqs.commandCalls(SendMessageCommand).map(({ args }) => args[0].input);
    expect(sent.map(({ DelaySeconds }) => DelaySeconds)).toEqual(
      delay === undefined ? [] : [delay],
    );
    for (const { MessageBody = '' } of sent) {
      expect(JSON.parse(MessageBody)).toEqual({ kind: 'wake', groupKey: 'grp-1' });
    }
  });
});
