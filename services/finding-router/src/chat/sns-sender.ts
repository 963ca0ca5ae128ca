import type { Notification, Sender } from '../delivery.ts';
import type { SnsChannel } from './channels.ts';
import { type TopicMessage, topicMessage } from './sns-message.ts';

/** Publishes to topics; returns the id that SNS gives. */
export type PublishToTopic = (channel: string, message: TopicMessage) => Promise<string>;

/** Sends notifications to SNS topics. The function's own role lets it: there is no secret. */
export function createSnsSender(publish: PublishToTopic): Sender<Notification, SnsChannel> {
  return async (message, channel) => ({
    reference: await publish(channel.name, topicMessage(message, channel.topic)),
  });
}
