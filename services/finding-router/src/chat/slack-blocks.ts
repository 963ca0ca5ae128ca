import type { Notification } from '../delivery.ts';
import { messageMark } from './message-mark.ts';
import { splitText } from './split-text.ts';

/** What `action_id` of the button is, and what the callback looks for. */
export const acknowledgeAction = 'riposte_acknowledge';

/** What the button carries back. */
export interface ButtonValue {
  readonly group: string;
  readonly message: string;
}

interface TextObject {
  readonly type: 'mrkdwn' | 'plain_text';
  readonly text: string;
  readonly verbatim?: boolean;
}

export type SlackBlock =
  | { readonly type: 'section'; readonly text: TextObject }
  | { readonly type: 'context'; readonly elements: readonly TextObject[] }
  | { readonly type: 'actions'; readonly elements: readonly SlackButton[] };

interface SlackButton {
  readonly type: 'button';
  readonly action_id: string;
  readonly text: TextObject;
  readonly value: string;
}

/** A section holds 3,000 characters; a message 50 blocks, of which the text gets most. */
const longestSection = 3000;
const mostSections = 40;
const longestValue = 2000;

/**
 * A message in Block Kit: title, body in sections, what it is recognised by, and a button where it can be acknowledged.
 * `verbatim` keeps Slack from making links and mentions out of plain words.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks
 */
export function slackBlocks(message: Notification): readonly SlackBlock[] {
  const [title = message.status] = splitText(message.title, longestSection - 2);
  const body = splitText(message.body, longestSection).slice(0, mostSections);
  return [
    section(`*${title}*`),
    ...body.map(section),
    { type: 'context', elements: [mrkdwn(messageMark(message))] },
    ...acknowledgeButton(message),
  ];
}

function section(text: string): SlackBlock {
  return { type: 'section', text: mrkdwn(text) };
}

function mrkdwn(text: string): TextObject {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** None on a digest, which is of many groups, or where its group is too long to be carried: findings can still be acknowledged in Security Hub. */
function acknowledgeButton(message: Notification): readonly SlackBlock[] {
  const { id, groupKey, status, collected } = message;
  const held: ButtonValue = { group: groupKey, message: id };
  const value = JSON.stringify(held);
  const open = status === 'firing' || status === 'escalated';
  if (!open || collected !== undefined || value.length > longestValue) return [];
  const text: TextObject = { type: 'plain_text', text: 'Acknowledge' };
  return [
    { type: 'actions', elements: [{ type: 'button', action_id: acknowledgeAction, text, value }] },
  ];
}
