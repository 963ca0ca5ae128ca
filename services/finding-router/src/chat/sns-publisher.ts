import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { escapeText, parseArn } from '@riposte/findings';
import { ChannelBusyError, ChannelDownError, DeliveryRefusedError } from '../errors.ts';
import type { TopicMessage } from './sns-message.ts';
import type { PublishToTopic } from './sns-sender.ts';

/** SNS names throttling in several ways. */
const busy = /throttl|toomanyrequests|limitexceeded/i;
/** What no repeat mends, until somebody changes the topic, its key or its policy. */
const refused =
  /AuthorizationError|AccessDenied|NotFound|InvalidParameter|ValidationError|EndpointDisabled|InvalidSecurity|KMS(?:Access|Disabled|InvalidState|NotFound|OptIn)/;

/**
 * Publishes through the AWS SDK, in the topic's own Region.
 *
 * @param clientFor gives the client of a Region; it is asked for every message.
 */
export function snsPublisher(clientFor: (region: string) => SNSClient): PublishToTopic {
  return async (channel, message) => {
    try {
      const { region } = parseArn(message.topic);
      const { MessageId } = await clientFor(region).send(new PublishCommand(inputOf(message)));
      return MessageId ?? '';
    } catch (error) {
      throw channelError(channel, error);
    }
  };
}

function inputOf({ topic, subject, body, attributes, fifo }: TopicMessage) {
  const named = Object.entries(attributes).map(([name, value]) => [
    name,
    typeof value === 'string'
      ? { DataType: 'String', StringValue: value }
      : { DataType: 'String.Array', StringValue: JSON.stringify(value) },
  ]);
  return {
    TopicArn: topic,
    Subject: subject,
    Message: body,
    MessageAttributes: Object.fromEntries(named),
    ...(fifo && { MessageGroupId: fifo.group, MessageDeduplicationId: fifo.deduplication }),
  };
}

function channelError(channel: string, error: unknown): Error {
  const { name, message } = error instanceof Error ? error : { name: '', message: '' };
  const said = `${name} ${escapeText(message, 300)}`.trim();
  const options = { cause: error };
  if (name === 'MalformedArnError')
    return new DeliveryRefusedError(channel, 'topic', said, options);
  if (busy.test(name)) return new ChannelBusyError(channel, 5, options);
  return refused.test(name)
    ? new DeliveryRefusedError(channel, 'topic', said, options)
    : new ChannelDownError(channel, said, options);
}
