import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Notification, Receipt, Sender } from '../delivery.ts';
import { parseSecret, tokenText } from '../http/parse-secret.ts';
import type { SenderOptions, SlackChannel } from './channels.ts';
import { type SlackCall, slackApi } from './slack-api.ts';
import { slackBlocks } from './slack-blocks.ts';
import { slackError } from './slack-errors.ts';

const secretSchema = z.object({ token: tokenText });

/** The first message cannot be changed any more: people deleted it, or Slack's settings forbid it. What follows is said all the same. */
const unchangeable = new Set([
  ...['message_not_found', 'cant_update_message', 'edit_window_closed', 'update_failed'],
]);
/** The first message can have no replies: the message stands alone. */
const threadless = new Set([
  ...['message_not_found', 'thread_not_found', 'invalid_thread_ts', 'cannot_reply_to_message'],
  'restricted_action_non_threadable_channel',
]);

interface Root {
  readonly conversation: string;
  readonly ts: string;
}

/**
 * Posts messages with a bot's token. With a `reference`, a message is a reply to the group's first one, shown in the channel too while
 * the group is open; the end and the acknowledgement also change the first message, which loses its button.
 *
 * Slack documents no key against duplicates. `client_msg_id` is derived from the message's id: Slack's own clients repeat with it, and the
 * method has errors about it, but nothing promises that a bot's repeat is dropped. So a message whose answer was lost can appear twice, with
 * the same visible mark and the same `metadata`. Changing the first message can be repeated freely.
 *
 * @throws {DeliveryRefusedError} for `ok: false` that no retry mends.
 * @see https://docs.slack.dev/reference/methods/chat.postMessage
 */
export function createSlackSender(options: SenderOptions = {}): Sender<Notification, SlackChannel> {
  return async (message, channel, secret) => {
    const { token } = parseSecret(channel.name, secretSchema, secret);
    const call = slackApi(channel, token, options);
    const root = rootOf(message.reference);
    if (!root) return post(call, channel, message);
    if (message.status === 'resolved' || message.status === 'acknowledged') {
      await changeRoot(call, channel, { root, message });
    }
    return reply(call, channel, { root, message });
  };
}

async function changeRoot(
  call: SlackCall,
  channel: SlackChannel,
  { root, message }: { root: Root; message: Notification },
): Promise<void> {
  const body = { channel: root.conversation, ts: root.ts, ...contentOf(message) };
  const answer = await call('chat.update', body);
  if (!answer.ok && !unchangeable.has(answer.code)) throw slackError(channel.name, answer);
}

async function reply(
  call: SlackCall,
  channel: SlackChannel,
  { root, message }: { root: Root; message: Notification },
): Promise<Receipt> {
  const open = message.status === 'firing' || message.status === 'escalated';
  const answer = await call('chat.postMessage', {
    channel: root.conversation,
    thread_ts: root.ts,
    ...(open && { reply_broadcast: true }),
    ...identityOf(message),
    ...contentOf(message),
  });
  if (answer.ok) return { reference: `${root.conversation}/${root.ts}` };
  if (threadless.has(answer.code)) return post(call, channel, message);
  throw slackError(channel.name, answer);
}

async function post(
  call: SlackCall,
  channel: SlackChannel,
  message: Notification,
): Promise<Receipt> {
  const body = {
    channel: channel.conversation,
    ...identityOf(message),
    ...contentOf(message),
  };
  const answer = await call('chat.postMessage', body);
  if (!answer.ok) throw slackError(channel.name, answer);
  const { channel: conversation, ts } = answer;
  return conversation !== undefined && ts !== undefined
    ? { reference: `${conversation}/${ts}` }
    : {};
}

function contentOf(message: Notification) {
  return {
    text: message.title,
    blocks: slackBlocks(message),
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  };
}

function identityOf({ id, groupKey, status }: Notification) {
  return {
    client_msg_id: uuidOf(id),
    metadata: {
      event_type: 'riposte_message',
      event_payload: { id, group: groupKey.slice(0, 1000), status },
    },
  };
}

/** A UUID of version 8 (RFC 9562): what Slack's clients put there is a UUID too. */
function uuidOf(id: string): string {
  const hex = createHash('sha256').update(id).digest('hex');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function rootOf(reference: string | undefined): Root | undefined {
  const [, conversation, ts] =
    /^([A-Z0-9]{2,40})\/(\d{1,20}\.\d{1,10})$/.exec(reference ?? '') ?? [];
  return conversation !== undefined && ts !== undefined ? { conversation, ts } : undefined;
}
