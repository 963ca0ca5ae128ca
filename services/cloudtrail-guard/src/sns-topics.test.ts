import { ListSubscriptionsByTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { confirmedSubscriptions, topicSpeaker } from './sns-topics.ts';

const sns = mockClient(SNSClient);
const client = new SNSClient({ region: 'eu-west-1' });
const topic = 'arn:aws:sns:eu-west-1:123456789012:alerts';

beforeEach(() => {
  sns.reset();
});

describe('confirmedSubscriptions', () => {
  it('counts those of all pages that have an ARN; a pending one has none', async () => {
    sns
      .on(ListSubscriptionsByTopicCommand)
      .resolvesOnce({
        Subscriptions: [
          { SubscriptionArn: `${topic}:1` },
          { SubscriptionArn: 'PendingConfirmation' },
        ],
        NextToken: 'more',
      })
      .resolvesOnce({
        Subscriptions: [{ SubscriptionArn: `${topic}:2` }, {}, { SubscriptionArn: 'Deleted' }],
      });
    expect(await confirmedSubscriptions(client, topic)).toBe(2);
  });

  it('counts none of none', async () => {
    sns.on(ListSubscriptionsByTopicCommand).resolves({});
    expect(await confirmedSubscriptions(client, topic)).toBe(0);
  });
});

describe('topicSpeaker', () => {
  it('publishes subject, body and attributes', async () => {
    sns.on(PublishCommand).resolves({});
    await topicSpeaker(client, topic)({ subject: 's', body: 'b', attributes: { kind: 'k' } });
    expect(sns.commandCalls(PublishCommand)[0]?.args[0].input).toEqual({
      TopicArn: topic,
      Subject: 's',
      Message: 'b',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'k' } },
    });
  });
});
