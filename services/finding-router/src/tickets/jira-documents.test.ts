import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { adfDocument } from './adf-document.ts';
import { longestDocument } from './jira-document.ts';
import { commandMark } from './ticket-marks.ts';
import { wikiDocument } from './wiki-document.ts';

const mark = commandMark('c');
const link = 'https://console.aws.amazon.com/securityhub/home?region=eu-west-1#/findings';

/** Text that is made of what wiki markup, ADF and HTML are made of. */
const pieces = [
  ...['{noformat}', '{NoFormat:x=y}', '{', '}', 'noformat', 'no', 'format', '\\', '\\\\', '{code}'],
  ...['[~admin]', '[x|javascript:alert(1)]', '!http://e.example/x.png!', '*', '_', '|', '||', '@'],
  ...['\n', '\r', '\t', '\u0000', '\u202e', 'h1. ', 'bq. ', '----', '<script>', '&#123;', '"}]}'],
  ...['{"type":"mention"}', mark, ' ', 'a', '\u2028', '\ud83d'],
];
const hostile = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 400 }),
);

describe('wiki markup', () => {
  it('shows text literally, then the link and the mark', () => {
    expect(wikiDocument.write({ text: '*a*\n\\*b*', link, mark })).toBe(
      `{noformat}\n*a*\n\\*b*\n{noformat}\n[Open in Security Hub|${link}]\n${mark}`,
    );
  });

  it('is not left by any text: all of it stays in the one literal block', () => {
    fc.assert(
      fc.property(hostile, fc.option(hostile, { nil: undefined }), (text, address) => {
        const written = `${wikiDocument.write({ text, mark, ...(address && { link: `https://a.example/${address}` }) })}`;
        const parts = written.split(/\{\s*noformat[^}]*\}/i);
        expect(parts).toHaveLength(3);
        expect(parts[1]).not.toMatch(/noformat/i);
        expect(parts[0]).toBe('');
        expect(parts[2]).toMatch(
          /^\n(\[Open in Security Hub\|https:\/\/a\.example\/[\w:/?#=&%.~,;@+$-]*\]\n)?riposte-command-[0-9a-f]{32}$/,
        );
        expect(wikiDocument.lastLine(written)).toBe(mark);
      }),
      { numRuns: 500 },
    );
  });

  it('is no longer than Jira takes, and keeps its end', () => {
    const written = wikiDocument.write({ text: 'noformat'.repeat(9_000), link, mark });
    expect(`${written}`.length).toBeLessThanOrEqual(longestDocument);
    expect(`${written}`.length).toBeGreaterThan(longestDocument - 50);
    expect(wikiDocument.lastLine(written)).toBe(mark);
    expect(wikiDocument.lastLine(`${written}\r\n`)).toBe(mark);
  });
});

describe('the Atlassian Document Format', () => {
  it('shows lines and paragraphs, the link and the mark', () => {
    expect(adfDocument.write({ text: 'a\nb\n\n\nc', link, mark })).toEqual({
      type: 'doc',
      version: 1,
      content: [
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'a' },
            { type: 'hardBreak' },
            { type: 'text', text: 'b' },
          ],
        },
        { type: 'paragraph', content: [{ type: 'text', text: 'c' }] },
        {
          type: 'paragraph',
          content: [
            {
              type: 'text',
              text: 'Open in Security Hub',
              marks: [{ type: 'link', attrs: { href: link } }],
            },
          ],
        },
        { type: 'paragraph', content: [{ type: 'text', text: mark }] },
      ],
    });
  });

  it('holds any text in text nodes alone', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const document = adfDocument.write({ text, mark });
        expect(JSON.parse(JSON.stringify(document))).toEqual(document);
        for (const node of nodesOf(document)) {
          expect(['doc', 'paragraph', 'text', 'hardBreak']).toContain(node.type);
          expect(node).not.toHaveProperty('marks');
          if (node.type === 'text') expect(node.text).not.toBe('');
        }
        expect(adfDocument.lastLine(document)).toBe(mark);
      }),
      { numRuns: 500 },
    );
  });

  it('does not grow with line breaks, and is no longer than Jira takes', () => {
    const document = adfDocument.write({ text: 'a\n'.repeat(40_000), mark });
    const nodes = nodesOf(document);
    expect(nodes.length).toBeLessThan(2_100);
    const texts = nodes.map((node) => node.text ?? '').join('');
    expect(texts.length).toBeLessThanOrEqual(longestDocument);
  });

  it.each([undefined, 'text', {}, { content: [] }, { content: [null] }, { content: 1 }])(
    'has no last line in %j',
    (body) => {
      expect(adfDocument.lastLine(body)).toBe('');
    },
  );

  it('does not take a mark in somebody’s text for its own', () => {
    const other = commandMark('other');
    expect(adfDocument.lastLine(adfDocument.write({ text: `x\n\n${mark}`, mark: other }))).toBe(
      other,
    );
    expect(wikiDocument.lastLine(wikiDocument.write({ text: `x\n${mark}`, mark: other }))).toBe(
      other,
    );
    expect(wikiDocument.lastLine(undefined)).toBe('');
  });
});

type Node = Readonly<Record<string, unknown>>;

function nodesOf(node: unknown): readonly Node[] {
  const own: Node = Object(node);
  const children = Array.isArray(own.content) ? own.content : [];
  return [own, ...children.flatMap(nodesOf)];
}
