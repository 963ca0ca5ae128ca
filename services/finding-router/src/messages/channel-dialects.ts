import { escapeText } from '@riposte/findings';
import type { ChannelType } from '@riposte/rules';
import { Link } from './link.ts';

/** What is markup in the texts of a channel, and what to write instead so that it is none. */
interface Dialect {
  readonly markup: RegExp;
  /** The same inside a link. */
  readonly linkMarkup: RegExp;
  readonly written: Readonly<Record<string, string>>;
}

const nothing = /(?!)/gu;

/**
 * Slack reads links and mentions from `<…>` alone; its formatting characters cannot be escaped, so look-alikes stand for them.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text/#escaping
 */
const slack: Dialect = {
  markup: /[&<>*`~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu,
  linkMarkup: /&/gu,
  written: {
    ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;' },
    ...{ '*': '\u2217', '`': '\u02cb', '~': '\u223c', _: '\uff3f' },
  },
};

/**
 * Adaptive Cards read a subset of Markdown, entities, and `{{DATE(…)}}`; a backslash takes the meaning from any punctuation.
 *
 * @see https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/text-features
 */
const teams: Dialect = {
  markup: /[\\`*_[\]<>{}~|]|&(?=[#\p{L}\p{N}]{1,32};)|^[-+#]|(?<=^\d{1,9})[.)]/gu,
  linkMarkup: nothing,
  written: Object.fromEntries(
    [...'\\`*_[]<>{}~|&-+#.)'].map((character) => [character, `\\${character}`]),
  ),
};

const plain: Dialect = { markup: nothing, linkMarkup: nothing, written: {} };

/** Private characters stand for markup until the text is cut: an escape is never cut in two, and never escaped again. */
const firstMark = 0xe000;
/** All private characters: they have no agreed look. */
const marks = /\p{Co}/gu;

/** Somebody else's text for one place in a message: one line, nothing invisible, at most `max` characters. */
export function cleanText(text: string, max: number): string {
  const unmarked = text
    .slice(0, max * 2)
    .replace(marks, (mark) => `\\u{${mark.codePointAt(0)?.toString(16)}}`);
  return escapeText(unmarked, max);
}

/** Marks what would be markup in a value that a template prints. Line breaks stay: only the template has any. */
export function markerOf(type: ChannelType): (value: unknown) => string {
  const { markup, linkMarkup, written } = dialectOf(type);
  const known = Object.keys(written);
  return (value) =>
    visibleLines(textOf(value)).replace(value instanceof Link ? linkMarkup : markup, (character) =>
      String.fromCharCode(firstMark + known.indexOf(character)),
    );
}

/** Writes out what was marked. A text of more than `max` characters is cut, and ends in `…`. */
export function writeOut(type: ChannelType, text: string, max: number): string {
  const written = Object.values(dialectOf(type).written);
  let out = '';
  let fitting = 0;
  for (const character of text) {
    const index = character.charCodeAt(0) - firstMark;
    out += index >= 0 && index < 256 ? (written[index] ?? '') : character;
    if (out.length > max) return `${out.slice(0, fitting)}…`;
    if (out.length < max) fitting = out.length;
  }
  return out;
}

function dialectOf(type: ChannelType): Dialect {
  return type === 'slack' ? slack : type === 'teams' ? teams : plain;
}

function visibleLines(text: string): string {
  const lines = text.split('\n');
  return lines.map((line) => escapeText(line, line.length * 10)).join('\n');
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).join('');
  if (typeof value === 'number' || typeof value === 'boolean') return `${value}`;
  return value instanceof Link ? value.href : '';
}

/**
 * Somebody else's words in a text that is written here, for one type of channel.
 *
 * @example
 * channelText('slack', '<!channel>', 80); // '&lt;!channel&gt;'
 */
export function channelText(type: ChannelType, text: string, max: number): string {
  return writeOut(type, markerOf(type)(cleanText(text, max)), max);
}
