import { escapeText } from '@riposte/findings';
import * as z from 'zod';
import { acknowledgeAction } from '../chat/slack-blocks.ts';
import { type SignedRequest, slackSignatureProblem } from './slack-signature.ts';

/** Somebody says that they look after a group of findings. */
export interface Acknowledgement {
  readonly groupKey: string;
  /** The message whose button was clicked. */
  readonly messageId: string;
  /** The name is their own choice: data, on one line. */
  readonly by: { readonly id: string; readonly name: string };
  /** Where Slack takes an answer for half an hour. */
  readonly responseUrl?: string;
}

/** What the HTTP entry answers instead. */
export interface AcknowledgementRefusal {
  /** 200: it is from Slack, but no acknowledgement, and Slack is not to send it again. */
  readonly status: 200 | 400 | 401;
  readonly reason: string;
}

export type AcknowledgementRequest =
  | { readonly acknowledgement: Acknowledgement }
  | { readonly refusal: AcknowledgementRefusal };

const payloadSchema = z.looseObject({
  type: z.string(),
  user: z.looseObject({
    id: z.string().min(1).max(100),
    username: z.string().optional(),
    name: z.string().optional(),
  }),
  actions: z
    .array(z.looseObject({ action_id: z.string().optional(), value: z.string().optional() }))
    .default([]),
  response_url: z.string().max(2000).optional(),
});

const valueSchema = z.object({
  group: z.string().min(1).max(2000),
  message: z.string().min(1).max(200),
});

/**
 * Reads the click on an Acknowledge button out of Slack's callback, after its signature is verified.
 *
 * @see https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
 */
export function acknowledgeFromSlack(request: SignedRequest): AcknowledgementRequest {
  const problem = slackSignatureProblem(request);
  if (problem !== undefined) return refused(401, problem);
  const payload = payloadSchema.safeParse(payloadOf(request.rawBody));
  if (!payload.success) return refused(400, 'the payload is none of an interaction');
  const { type, user, actions, response_url } = payload.data;
  const action = actions.find(({ action_id }) => action_id === acknowledgeAction);
  if (type !== 'block_actions' || !action) return refused(200, 'no button of an acknowledgement');
  const value = valueSchema.safeParse(parsed(action.value ?? ''));
  if (!value.success) return refused(400, 'the button carries no group');
  return {
    acknowledgement: {
      groupKey: value.data.group,
      messageId: value.data.message,
      by: {
        id: escapeText(user.id, 100),
        name: escapeText(user.username ?? user.name ?? user.id, 80),
      },
      ...(response_url !== undefined && { responseUrl: response_url }),
    },
  };
}

function payloadOf(rawBody: string): unknown {
  return parsed(new URLSearchParams(rawBody).get('payload') ?? '');
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function refused(status: AcknowledgementRefusal['status'], reason: string): AcknowledgementRequest {
  return { refusal: { status, reason } };
}
