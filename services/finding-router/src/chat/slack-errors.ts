import {
  ChannelBusyError,
  ChannelDownError,
  DeliveryRefusedError,
  type RouterError,
} from '../errors.ts';
import type { SlackRefusal } from './slack-api.ts';

const later = new Set([
  'accesslimited',
  'duplicate_channel_not_found',
  // Slack knows the client_msg_id, but not yet the message: it is being posted.
  'duplicate_message_not_found',
  'external_channel_migrating',
  'fatal_error',
  'internal_error',
  'org_login_required',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
]);

const busy = new Set(['ratelimited', 'rate_limited']);

/** Which setting is wrong, by what its codes look like; anything else is about the message. */
const settings: readonly (readonly [RegExp, string])[] = [
  [/auth|token|account_inactive|scope|permission|access_denied|ekm/, 'secret'],
  [/channel|archived|restricted_action|not_allowed/, 'conversation'],
  [/too_long|no_text|blocks|attachments/, 'body'],
];

/**
 * What it means that Slack answered `ok: false`. Codes that nobody knows are permanent: Slack adds codes for what is wrong, not for what passes.
 *
 * @see https://docs.slack.dev/reference/methods/chat.postMessage#errors
 */
export function slackError(channel: string, { code, detail }: SlackRefusal): RouterError {
  if (busy.has(code)) return new ChannelBusyError(channel, 30);
  if (later.has(code)) return new ChannelDownError(channel, code);
  const path = settings.find(([pattern]) => pattern.test(code))?.[1] ?? 'message';
  return new DeliveryRefusedError(channel, path, detail === '' ? code : `${code} (${detail})`);
}
