import * as z from 'zod';
import type { Notification, Sender } from '../delivery.ts';
import { ChannelDownError, DeliveryRefusedError } from '../errors.ts';
import { parseSecret } from '../http/parse-secret.ts';
import { requestJson } from '../http/request-json.ts';
import { saidBy } from '../http/said-by.ts';
import type { PagerDutyChannel, SenderOptions } from './channels.ts';
import { pagerDutyEvent } from './pagerduty-event.ts';

const secretSchema = z.object({ routingKey: z.string().regex(/^[A-Za-z0-9]{32}$/) });

const acceptedSchema = z.looseObject({ status: z.literal('success'), dedup_key: z.string() });
const refusedSchema = z.looseObject({
  message: z.string().default(''),
  errors: z.array(z.string()).default([]),
});

/**
 * Triggers, acknowledges and resolves alerts. PagerDuty deduplicates by group, so that repeating an event is harmless.
 *
 * @throws {DeliveryRefusedError} for HTTP 400 and other 4xx: by PagerDuty's word, not to be repeated.
 */
export function createPagerDutySender(
  options: SenderOptions = {},
): Sender<Notification, PagerDutyChannel> {
  return async (message, channel, secret) => {
    const { routingKey } = parseSecret(channel.name, secretSchema, secret);
    const base = channel.apiUrl ?? 'https://events.pagerduty.com';
    const { status, json, text } = await requestJson({
      ...options,
      channel: channel.name,
      url: `${base.replace(/\/+$/, '')}/v2/enqueue`,
      method: 'POST',
      body: pagerDutyEvent(message, routingKey),
    });
    const accepted = acceptedSchema.safeParse(json);
    if (status < 300 && accepted.success) return { reference: accepted.data.dedup_key };
    if (status < 300) throw new ChannelDownError(channel.name, 'PagerDuty accepts nothing');
    const { message: said, errors } = refusedSchema.safeParse(json).data ?? {
      message: text,
      errors: [],
    };
    const words = saidBy([said, ...errors].join('; '), [routingKey]);
    const path = /routing_?\s?key/i.test(words) ? 'secret.routingKey' : 'message';
    throw new DeliveryRefusedError(channel.name, path, `HTTP ${status} ${words}`);
  };
}
