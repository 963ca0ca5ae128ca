import type { GroupMessage, ToldFinding } from '@riposte/notifications';
import type { Channel } from '@riposte/rules';
import type { Notification, NotifiedFinding } from '../delivery.ts';
import type { QueuedMessage, QueueName } from '../finding-state.ts';
import { renderNotification } from '../messages/render-notification.ts';

/** A group's message in words, on its way to its channel. Tickets are no channel that groups tell. */
export function notificationMessage(
  message: GroupMessage,
  channel: Channel,
): readonly QueuedMessage[] {
  const queue = queueOf(channel);
  if (!queue) return [];
  const { id, groupKey, status, labels, total, at, repeat } = message;
  const findings = message.findings.map(notified);
  const data = { channel: channel.name, groupKey, status, labels, findings, total, at, repeat };
  const { title = channel.title, body = channel.body } = message;
  const words = renderNotification(data, channel.type, {
    ...(title !== undefined && { title }),
    ...(body !== undefined && { body }),
  });
  const notification: Notification = { id, ...data, title: words.title, body: words.body };
  return [
    {
      queue,
      id,
      group: `${channel.name} ${groupKey}`,
      body: { kind: 'notification', ...notification },
    },
  ];
}

function notified({ change: _change, ...finding }: ToldFinding): NotifiedFinding {
  return finding;
}

function queueOf({ type }: Channel): QueueName | undefined {
  return type === 'jira' || type === 'servicenow' ? undefined : type;
}
