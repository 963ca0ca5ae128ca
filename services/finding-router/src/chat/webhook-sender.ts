import * as z from 'zod';
import type { Notification, Sender } from '../delivery.ts';
import { DeliveryRefusedError } from '../errors.ts';
import { parseSecret } from '../http/parse-secret.ts';
import { requestJson } from '../http/request-json.ts';
import { saidBy } from '../http/said-by.ts';
import type { SenderOptions, WebhookChannel } from './channels.ts';
import { webhookSignature } from './webhook-signature.ts';

/** Short keys can be guessed from one recorded message. */
const secretSchema = z.object({ key: z.string().min(32).max(1024) });

/** Version of the body's shape: a second number grows when members are added, the first when one changes or goes. */
const schemaVersion = '1.0';

/** The receiver knows this id already: what was to be told has been told. */
const alreadyHeld = 409;

const settingOf: Readonly<Record<number, string>> = {
  401: 'secret.key',
  403: 'secret.key',
  404: 'url',
  410: 'url',
};

/**
 * Posts a message as JSON, signed with a shared key. `x-riposte-delivery` is the same for every repeat of a message: the receiver drops what it
 * has, and may answer 409. How to verify is described in docs/webhook.md.
 *
 * @throws {DeliveryRefusedError} for 4xx other than 408, 409 and 429.
 */
export function createWebhookSender(
  options: SenderOptions = {},
): Sender<Notification, WebhookChannel> {
  return async (message, channel, secret) => {
    const { key } = parseSecret(channel.name, secretSchema, secret);
    const { reference, ...told } = message;
    const body = JSON.stringify({ schemaVersion, ...told });
    const { status, text } = await requestJson({
      ...options,
      channel: channel.name,
      url: channel.url,
      method: 'POST',
      headers: {
        'x-riposte-delivery': message.id,
        'x-riposte-signature': webhookSignature(body, key, options.now?.() ?? new Date()),
      },
      body,
    });
    if (status < 300 || status === alreadyHeld) return reference === undefined ? {} : { reference };
    const said = `HTTP ${status} ${saidBy(text, [key])}`.trim();
    throw new DeliveryRefusedError(channel.name, settingOf[status] ?? 'message', said);
  };
}
