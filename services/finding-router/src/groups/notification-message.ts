import { type GroupMessage, messageOrder } from '@riposte/notifications';
import type { Channel } from '@riposte/rules';
import type { Notification } from '../delivery.ts';
import type { QueuedMessage, QueueName } from '../finding-state.ts';
import { renderNotification } from '../messages/render-notification.ts';

/**
 * A group's message in words, on its way to its channel. Tickets are no channel that groups tell.
 *
 * @param warn hears why a template of the rules could not be used.
 */
export function notificationMessage(
  message: GroupMessage,
  channel: Channel,
  warn: (problem: string) => void,
): readonly QueuedMessage[] {
  const queue = queueOf(channel);
  if (!queue) return [];
  const { id, kind: _kind, title: _title, body: _body, ...data } = message;
  const { title = channel.title, body = channel.body } = message;
  const words = renderNotification(data, channel.type, {
    ...(title !== undefined && { title }),
    ...(body !== undefined && { body }),
  });
  if (words.problem !== undefined) warn(words.problem);
  const notification: Notification = { id, ...data, title: words.title, body: words.body };
  return [
    {
      queue,
      id,
      group: messageOrder(channel.name, message.groupKey),
      body: { kind: 'notification', ...notification },
    },
  ];
}

function queueOf({ type }: Channel): QueueName | undefined {
  return type === 'jira' || type === 'servicenow' ? undefined : type;
}
