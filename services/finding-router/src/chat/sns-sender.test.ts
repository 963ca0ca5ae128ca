import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { finding, notification } from '../testing/sample-message.ts';
import type { SnsChannel } from './channels.ts';
import { topicMessage } from './sns-message.ts';
import { snsPublisher } from './sns-publisher.ts';
import { createSnsSender } from './sns-sender.ts';

const topic = 'arn:aws:sns:eu-central-1:123456789012:payments';
const channel: SnsChannel = { type: 'sns', name: 'payments', topic };
const sns = mockClient(SNSClient);
const regions: string[] = [];
const send = createSnsSender(
  snsPublisher((region) => {
    regions.push(region);
    return new SNSClient({ region });
  }),
);

beforeEach(() => {
  sns.reset();
  regions.length = 0;
});

describe('the SNS sender', () => {
  it("publishes subject, text and attributes in the topic's Region", async () => {
    sns.on(PublishCommand).resolves({ MessageId: 'm-1' });
    expect(await send(notification({ title: 'HIGH: ü' }), channel, undefined)).toEqual({
      reference: 'm-1',
    });
    expect(regions).toEqual(['eu-central-1']);
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    expect(sns.commandCalls(PublishCommand)[0]?.args[0].input).toEqual({
      TopicArn: topic,
      Subject: 'HIGH: ?',
      Message: 'HIGH: ü\n\nline one\nline two\n\nRiposte message 0123456789ab\n',
      MessageAttributes: {
        id: text(notification().id),
        status: text('firing'),
        channel: text('soc'),
        severity: text('HIGH'),
        account: text('123456789012'),
        region: text('eu-west-1'),
        rule: text('s3-public'),
        team: text('Payments Platform'),
      },
    });
  });

  it('lists several accounts for filter policies', async () => {
    sns.on(PublishCommand).resolves({});
    const findings = [finding, { ...finding, accountId: '210987654321' }];
    await send(notification({ findings }), channel, undefined);
    const { MessageAttributes } = sns.commandCalls(PublishCommand)[0]?.args[0].input ?? {};
    expect(MessageAttributes?.account).toEqual({
      DataType: 'String.Array',
      StringValue: '["123456789012","210987654321"]',
    });
  });

  it.each([
    ['ThrottledException', 'ChannelBusyError'],
    ['NotFoundException', 'DeliveryRefusedError'],
    ['AuthorizationErrorException', 'DeliveryRefusedError'],
    ['KMSAccessDeniedException', 'DeliveryRefusedError'],
    ['InvalidParameterException', 'DeliveryRefusedError'],
    ['InternalErrorException', 'ChannelDownError'],
  ])('takes %s for a %s', async (name, error) => {
    const fault = Object.assign(new Error('topic says no'), { name });
    sns.on(PublishCommand).rejects(fault);
    await expect(send(notification(), channel, undefined)).rejects.toMatchObject({ name: error });
  });

  it('refuses a topic that is no ARN', async () => {
    const sent = send(notification(), { ...channel, topic: 'payments' }, undefined);
    await expect(sent).rejects.toMatchObject({ name: 'DeliveryRefusedError', path: 'topic' });
  });
});

describe('a message for a topic', () => {
  it('has ids for FIFO topics only', () => {
    expect(topicMessage(notification(), topic).fifo).toBeUndefined();
    expect(topicMessage(notification(), `${topic}.fifo`).fifo).toEqual({
      group: expect.stringMatching(/^[\da-f]{64}$/),
      deduplication: expect.stringMatching(/^[\da-f]{64}$/),
    });
  });

  it('stays below 256 KB, with a subject of at most 99 characters', () => {
    const text = '語'.repeat(300_000);
    const findings = Array.from({ length: 200 }, (_, index) => ({
      ...{ ...finding, rule: `rule-${index}-${text}` },
    }));
    const message = topicMessage(notification({ title: text, body: text, findings }), topic);
    expect(message.subject).toHaveLength(99);
    expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(262_144);
    expect(message.body.endsWith('Riposte message 0123456789ab\n')).toBe(true);
  });

  it('has a subject and no empty attribute, whatever is missing', () => {
    const message = topicMessage(notification({ title: ' ', findings: [] }), topic);
    expect(message.subject).toBe('[Riposte] firing');
    expect(Object.keys(message.attributes)).toEqual(['id', 'status', 'channel', 'severity']);
  });
});
