import * as z from 'zod';
import { ChannelDownError, DeliveryRefusedError } from '../errors.ts';
import { requestJson } from '../http/request-json.ts';
import { saidBy } from '../http/said-by.ts';
import type { SenderOptions, SlackChannel } from './channels.ts';

const answerSchema = z.looseObject({
  ok: z.boolean(),
  error: z.string().optional(),
  channel: z.string().optional(),
  ts: z.string().optional(),
  response_metadata: z.looseObject({ messages: z.array(z.string()).optional() }).optional(),
});

/** `ok: false` is for the caller to judge: some codes end only a part of what it does. */
export type SlackAnswer =
  | { readonly ok: true; readonly channel?: string; readonly ts?: string }
  | SlackRefusal;

export interface SlackRefusal {
  readonly ok: false;
  readonly code: string;
  readonly detail: string;
}

export type SlackCall = (
  method: 'chat.postMessage' | 'chat.update',
  body: object,
) => Promise<SlackAnswer>;

/** Calls methods of Slack's Web API with a bot token, once each. */
export function slackApi(channel: SlackChannel, token: string, options: SenderOptions): SlackCall {
  const base = channel.apiUrl ?? 'https://slack.com/api';
  return async (method, body) => {
    const { status, json, text } = await requestJson({
      ...options,
      channel: channel.name,
      url: `${base.replace(/\/+$/, '')}/${method}`,
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body,
    });
    const parsed = answerSchema.safeParse(json);
    if (!parsed.success && status >= 400) {
      throw new DeliveryRefusedError(
        channel.name,
        'apiUrl',
        `HTTP ${status} ${saidBy(text, [token])}`,
      );
    }
    if (!parsed.success) throw new ChannelDownError(channel.name, 'Slack answers no JSON');
    const { ok, error = 'unknown_error', response_metadata, ...rest } = parsed.data;
    if (!ok) {
      const detail = saidBy((response_metadata?.messages ?? []).join('; '), [token]);
      return { ok, code: saidBy(error, [token]), detail };
    }
    return {
      ok,
      ...(rest.channel !== undefined && { channel: rest.channel }),
      ...(rest.ts !== undefined && { ts: rest.ts }),
    };
  };
}
