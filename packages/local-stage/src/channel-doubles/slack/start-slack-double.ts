import type { DoubleAnswer, DoubleRequest, HttpDouble } from '../http-double.ts';
import { parseJson } from '../parse-json.ts';
import { repeats } from '../repeats.ts';
import { type DoubleOptions, startDouble } from '../start-double.ts';
import {
  type SlackConversations,
  type SlackMessage,
  slackConversations,
} from './slack-conversations.ts';
import { argumentsSchema, blocksSchema, type SlackArguments } from './slack-request.ts';

export interface SlackDoubleOptions extends DoubleOptions {
  /** The bot's token; any where absent. */
  readonly token?: string;
  /** Conversations by name or id, and their ids; one for any name where absent. */
  readonly conversations?: Readonly<Record<string, string>>;
  /** Whether a `client_msg_id` that was seen posts nothing again; false where absent: Slack does not promise it. */
  readonly dropsRepeats?: boolean;
}

export interface SlackDouble extends HttpDouble {
  messages(): readonly SlackMessage[];
  /** How many messages stand there once more with an id that stood there before. */
  duplicates(): number;
  /** Somebody deletes a message. */
  remove(ts: string): void;
}

const someConversation = 'C0000000001';

/**
 * Plays `chat.postMessage` and `chat.update` of Slack's Web API under `/api`, with its checks of tokens, conversations, threads and blocks.
 * Errors that Slack has for other reasons are faults with HTTP 200 and `{ ok: false, error }`.
 *
 * @see https://docs.slack.dev/reference/methods/chat.postMessage
 */
export async function startSlackDouble(options: SlackDoubleOptions = {}): Promise<SlackDouble> {
  const state = slackConversations(options.now ?? (() => new Date()));
  const double = await startDouble((request) => serve(state, options, request), options);
  return {
    ...double,
    messages: () => state.messages(),
    duplicates: () => repeats(state.messages().map(({ id }) => id)),
    remove: (ts) => state.remove(ts),
  };
}

function serve(
  state: SlackConversations,
  options: SlackDoubleOptions,
  request: DoubleRequest,
): DoubleAnswer {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) return failed('not_authed');
  if (options.token !== undefined && token !== options.token) return failed('invalid_auth');
  const args = argumentsSchema.safeParse(parseJson(request.body));
  if (!args.success) return failed('invalid_arguments');
  const problem = contentProblem(args.data);
  if (problem) return problem;
  if (request.path === '/api/chat.postMessage') return post(state, options, args.data);
  return request.path === '/api/chat.update' ? update(state, args.data) : failed('unknown_method');
}

function contentProblem({ text, blocks }: SlackArguments): DoubleAnswer | undefined {
  if (text.trim() === '' && blocks.length === 0) return failed('no_text');
  if (text.length > 40_000) return failed('msg_too_long');
  const checked = blocksSchema.safeParse(blocks);
  if (checked.success) return undefined;
  const issue = checked.error.issues[0];
  return failed('invalid_blocks', [
    `[ERROR] ${issue?.message} [json-pointer:/blocks/${issue?.path.join('/')}]`,
  ]);
}

function post(
  state: SlackConversations,
  options: SlackDoubleOptions,
  args: SlackArguments,
): DoubleAnswer {
  const conversation = conversationOf(options, args.channel);
  if (conversation === undefined) return failed('channel_not_found');
  const { thread_ts, client_msg_id } = args;
  if (thread_ts !== undefined && !state.find(conversation, thread_ts)) {
    return failed('thread_not_found');
  }
  const before = options.dropsRepeats ? state.repeated(client_msg_id ?? '') : undefined;
  return said(before ?? state.add(messageOf(conversation, args)));
}

function messageOf(
  conversation: string,
  args: SlackArguments,
): Omit<SlackMessage, 'ts' | 'updates'> {
  const { thread_ts, client_msg_id, metadata, text, blocks, reply_broadcast } = args;
  const id = metadata?.event_payload.id;
  return {
    ...{ conversation, text, blocks, broadcast: thread_ts !== undefined && reply_broadcast },
    ...(thread_ts !== undefined && { threadTs: thread_ts }),
    ...(client_msg_id !== undefined && { clientMsgId: client_msg_id }),
    ...(id !== undefined && { id }),
  };
}

/** Takes ids of conversations only, as Slack does. */
function update(state: SlackConversations, args: SlackArguments): DoubleAnswer {
  if (!/^[CGD][A-Z0-9]+$/.test(args.channel)) return failed('channel_not_found');
  const message = state.find(args.channel, args.ts ?? '');
  if (!message) return failed('message_not_found');
  state.change(message, { text: args.text, blocks: args.blocks });
  return said(message);
}

function conversationOf({ conversations }: SlackDoubleOptions, name: string): string | undefined {
  if (conversations === undefined) return /^[CGD][A-Z0-9]+$/.test(name) ? name : someConversation;
  return Object.entries(conversations).find(([known, id]) => known === name || id === name)?.[1];
}

function said({ conversation, ts, text }: SlackMessage): DoubleAnswer {
  return { status: 200, body: { ok: true, channel: conversation, ts, message: { ts, text } } };
}

function failed(error: string, messages?: readonly string[]): DoubleAnswer {
  const metadata = messages ? { response_metadata: { messages } } : {};
  return { status: 200, body: { ok: false, error, ...metadata } };
}
