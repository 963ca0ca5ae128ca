import { cutText } from '@riposte/findings';
import { Link } from '../messages/link.ts';
import { type JiraDocument, linkWords, longestDocument } from './jira-document.ts';
import { blockText } from './ticket-text.ts';

/**
 * Wiki markup, which Jira Data Center takes: somebody's text is in one `{noformat}` block, where nothing but the block's own end is
 * markup, and that word cannot appear. A backslash before each sign would not do: in `\\*` the second escapes nothing.
 *
 * @see https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all
 */
export const wikiDocument: JiraDocument = {
  write({ text, link, mark }) {
    const href = Link.from(link)?.href;
    const after = [...(href === undefined ? [] : [`[${linkWords}|${href}]`]), mark];
    const frame = ['{noformat}', '{noformat}', ...after].join('\n').length + 1;
    const literal = blockText(text, longestDocument).replace(/noformat/gi, 'no-format');
    const block = cutText(literal, longestDocument - frame);
    return ['{noformat}', block, '{noformat}', ...after].join('\n');
  },
  lastLine(body) {
    return typeof body === 'string' ? (body.trimEnd().split('\n').at(-1)?.trim() ?? '') : '';
  },
};
