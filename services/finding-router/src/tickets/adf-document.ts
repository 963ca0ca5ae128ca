import { Link } from '../messages/link.ts';
import { type JiraDocument, linkWords, longestDocument } from './jira-document.ts';
import { blockText } from './ticket-text.ts';

interface AdfText {
  readonly type: 'text';
  readonly text: string;
  readonly marks?: readonly [{ readonly type: 'link'; readonly attrs: { readonly href: string } }];
}

interface AdfBreak {
  readonly type: 'hardBreak';
}

interface AdfParagraph {
  readonly type: 'paragraph';
  readonly content: readonly (AdfText | AdfBreak)[];
}

export interface AdfDocument {
  readonly type: 'doc';
  readonly version: 1;
  readonly content: readonly AdfParagraph[];
}

/** Lines that stay lines; a text of nothing but line breaks would grow a hundredfold as nodes. */
const mostLines = 1_000;

/** Room for the link's words and the mark. */
const reserve = 200;

/**
 * Atlassian Document Format, which Jira Cloud takes: somebody's text is in text nodes only, where nothing is markup.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
 */
export const adfDocument: JiraDocument = {
  write({ text, link, mark }): AdfDocument {
    const href = Link.from(link)?.href;
    return {
      type: 'doc',
      version: 1,
      content: [
        ...paragraphs(blockText(text, longestDocument - reserve)),
        ...(href === undefined ? [] : [paragraph([linkTo(href)])]),
        paragraph([{ type: 'text', text: mark }]),
      ],
    };
  },
  lastLine(body) {
    const last = children(body).at(-1);
    return textOf(last).trim();
  },
};

function paragraphs(text: string): AdfParagraph[] {
  const lines = text.split('\n');
  const kept = lines.slice(0, mostLines - 1);
  const rest = lines.slice(mostLines - 1).join(' ');
  const blocks = [...kept, rest]
    .join('\n')
    .trim()
    .split(/\n{2,}/);
  return blocks.filter((block) => block.trim() !== '').map((block) => paragraph(nodes(block)));
}

/** Empty text nodes are not allowed. */
function nodes(block: string): (AdfText | AdfBreak)[] {
  return block
    .split('\n')
    .flatMap((line): (AdfText | AdfBreak)[] => [
      { type: 'hardBreak' },
      ...(line === '' ? [] : [{ type: 'text' as const, text: line }]),
    ])
    .slice(1);
}

function paragraph(content: readonly (AdfText | AdfBreak)[]): AdfParagraph {
  return { type: 'paragraph', content };
}

function linkTo(href: string): AdfText {
  return { type: 'text', text: linkWords, marks: [{ type: 'link', attrs: { href } }] };
}

function children(node: unknown): readonly unknown[] {
  if (typeof node !== 'object' || node === null || !('content' in node)) return [];
  return Array.isArray(node.content) ? node.content : [];
}

/** Two levels are what paragraphs have; people's own comments may be deeper, and hold no marks. */
function textOf(node: unknown): string {
  return children(node)
    .map((child) =>
      typeof child === 'object' && child !== null && 'text' in child ? `${child.text}` : '',
    )
    .join('');
}
