import { createHash } from 'node:crypto';
import { cutText, escapeText, toAsciiSubject } from '@riposte/findings';
import type { Notification, NotifiedFinding } from '../delivery.ts';
import { highestSeverity } from '../messages/template-scope.ts';
import { messageMark } from './message-mark.ts';

/** A message for a topic, in the words of SNS. */
export interface TopicMessage {
  readonly topic: string;
  /** At most 99 printable ASCII characters. */
  readonly subject: string;
  readonly body: string;
  /** For filter policies of subscriptions; a list matches where one of its values does. */
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
  /** For FIFO topics. */
  readonly fifo?: { readonly group: string; readonly deduplication: string };
}

/** SNS takes 262,144 bytes, attributes included. */
const mostBytes = 200_000;
/** As many as a message has findings. */
const mostValues = 20;

/**
 * A notification for a topic. A subscription can filter by severity, account, region, rule, status, team, channel and id: eight attributes,
 * since raw delivery to SQS carries ten. A standard topic has no deduplication, so its subscribers can see a message twice, with the same id.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
 */
export function topicMessage(message: Notification, topic: string): TopicMessage {
  return {
    topic,
    subject: toAsciiSubject(message.title) || `[Riposte] ${message.status}`,
    body: bodyOf(message),
    attributes: attributesOf(message),
    ...(topic.endsWith('.fifo') && {
      fifo: { group: sha256(message.groupKey), deduplication: sha256(message.id) },
    }),
  };
}

/** The subject has lost what is not ASCII, and some subscriptions show none. */
function bodyOf(message: Notification): string {
  const end = `\n\n${messageMark(message)}\n`;
  const text = `${message.title}\n\n${message.body}`;
  const bytes = Buffer.byteLength(text);
  // A character of UTF-16 has at most three bytes.
  return `${bytes > mostBytes ? cutText(text, mostBytes / 3) : text}${end}`;
}

function attributesOf(message: Notification): TopicMessage['attributes'] {
  const { findings } = message;
  const known = {
    id: message.id,
    status: message.status,
    channel: message.channel,
    severity: highestSeverity(findings),
    account: valuesOf(findings, ({ accountId }) => accountId),
    region: valuesOf(findings, ({ region }) => region),
    rule: valuesOf(findings, ({ rule }) => rule),
    team: valuesOf(findings, ({ team }) => team),
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value.length > 0));
}

function valuesOf(
  findings: readonly NotifiedFinding[],
  pick: (finding: NotifiedFinding) => string | undefined,
): string | readonly string[] {
  const picked = findings.flatMap((finding) => escapeText(pick(finding) ?? '', 100) || []);
  const values = [...new Set(picked)].slice(0, mostValues);
  return values.length > 1 ? values : (values[0] ?? '');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
