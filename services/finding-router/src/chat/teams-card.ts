import { cutText } from '@riposte/findings';
import type { Notification } from '../delivery.ts';
import { Link } from '../messages/link.ts';
import { highestSeverity } from '../messages/template-scope.ts';
import { messageMark } from './message-mark.ts';

interface TextBlock {
  readonly type: 'TextBlock';
  /** Of the mark: the whole id of the message. */
  readonly id?: string;
  readonly text: string;
  readonly wrap: true;
  readonly spacing?: 'None' | 'Medium';
  readonly size?: 'Medium' | 'Small';
  readonly weight?: 'Bolder';
  readonly style?: 'heading';
  readonly color?: 'Attention' | 'Warning' | 'Good' | 'Default';
  readonly isSubtle?: true;
}

/** Teams takes 28 KB, "approximately". */
const mostBytes = 27_000;
/** Longest line: a card of one line is still cut between characters. */
const longestLine = 4000;

/**
 * The envelope that a Workflows webhook takes, with one Adaptive Card in it, of at most 27,000 bytes. A line of the body is a block of its own,
 * since a card joins lines.
 *
 * @see https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
 * @see https://learn.microsoft.com/en-us/connectors/teams/#known-issues-and-limitations-with-actions
 */
export function teamsCard(message: Notification): object {
  const first = titleBlock(message);
  const last = markBlock(message);
  const link = Link.from(message.findings[0]?.url);
  const actions = link
    ? [{ type: 'Action.OpenUrl', title: 'Open in Security Hub', url: link.href }]
    : [];
  const room = mostBytes - bytesOf(envelope([first, last], actions));
  return envelope([first, ...fitting(bodyBlocks(message.body), room), last], actions);
}

function envelope(body: readonly TextBlock[], actions: readonly object[]): object {
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    msteams: { width: 'Full' },
    body,
    ...(actions.length > 0 && { actions }),
  };
  const contentType = 'application/vnd.microsoft.card.adaptive';
  return { type: 'message', attachments: [{ contentType, contentUrl: null, content }] };
}

function titleBlock({ title, status, findings }: Notification): TextBlock {
  const severity = highestSeverity(findings);
  const bad = severity === 'CRITICAL' || severity === 'HIGH' ? 'Attention' : 'Warning';
  const color = status === 'resolved' ? 'Good' : status === 'acknowledged' ? 'Default' : bad;
  const text = cutText(title, 1000) || status;
  return {
    ...{ type: 'TextBlock', text, wrap: true, size: 'Medium', weight: 'Bolder' },
    ...{ style: 'heading', color },
  };
}

function markBlock(message: Notification): TextBlock {
  const text = messageMark(message);
  return {
    ...{ type: 'TextBlock', id: message.id, text, wrap: true },
    ...{ size: 'Small', isSubtle: true, spacing: 'Medium' },
  };
}

function bodyBlocks(body: string): readonly TextBlock[] {
  const lines = body.split('\n').map((line) => cutText(line, longestLine));
  return lines.flatMap((text, index) => {
    const previous = lines[index - 1];
    const spacing = previous === undefined || previous.trim() === '' ? 'Medium' : 'None';
    return text.trim() === '' ? [] : [{ type: 'TextBlock', text, wrap: true, spacing }];
  });
}

/** As many blocks as there is room for, and a word on what was left out. */
function fitting(blocks: readonly TextBlock[], room: number): readonly TextBlock[] {
  const cut: TextBlock = { type: 'TextBlock', text: '… (cut)', wrap: true };
  let left = room - bytesOf(cut) - 1;
  const fits = blocks.findIndex((block) => {
    left -= bytesOf(block) + 1;
    return left < 0;
  });
  return fits < 0 ? blocks : [...blocks.slice(0, fits), cut];
}

function bytesOf(value: object): number {
  return Buffer.byteLength(JSON.stringify(value));
}
