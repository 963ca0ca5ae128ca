import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { NotifiedFinding } from '../delivery.ts';
import { Link } from '../messages/link.ts';
import { mergeFields } from './merge-fields.ts';
import { commandMark, shortCommandMark, ticketLabel } from './ticket-marks.ts';
import { blockText, lineText } from './ticket-text.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 300 });

describe('text of a ticket', () => {
  it('keeps lines and tabs, removes control characters, and shows what nobody sees', () => {
    expect(blockText('a\r\nb\rc\td\u0007\u001b[31m\u0085', 80)).toBe('a\nb\nc\td[31m');
    expect(blockText('\u202egpj.exe\u2028\ud800', 80)).toBe('\\u{202e}gpj.exe\\u{2028}\\u{d800}');
    expect(blockText('abcdef', 4)).toBe('abc…');
  });

  it('is one line in a title, never blank', () => {
    expect(lineText(' a\n\n b\t', 80)).toBe('a b');
    expect(lineText('\u0000\n', 80)).toBe('(no title)');
  });

  it('holds no control characters and no halves of pairs, and is no longer than asked, whatever comes', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 20, max: 200 }), (text, max) => {
        const block = blockText(text, max);
        expect(block).not.toMatch(/(?![\n\t])\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}/u);
        expect(block.length).toBeLessThanOrEqual(max);
        expect(lineText(text, max)).toMatch(/^[^\n\t]{1,200}$/);
      }),
    );
  });
});

describe('the link of a ticket', () => {
  const linkOf = (address: string | undefined) => Link.from(address)?.href;

  it('is an HTTPS address without anything that is markup', () => {
    const url =
      'https://console.aws.amazon.com/securityhub/home?region=eu-west-1#/findings?x=a%3Db';
    expect(linkOf(url)).toBe(url);
    expect(linkOf('https://a.example/x|y]{z}!*(^)#"é\\')).toBe(
      'https://a.example/x%7Cy]{z}!*(^)#%22%C3%A9\\'.replace(
        /[\]{}!*(^)\\]/g,
        (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    );
  });

  it.each([
    undefined,
    'javascript:alert(1)',
    'http://a.example',
    'https://u:p@a.example',
    'a',
    `https://a.example/${'x'.repeat(2_000)}`,
  ])('is none for %s', (address) => {
    expect(linkOf(address)).toBeUndefined();
  });
});

describe('marks of a ticket', () => {
  it('are the same for the same, of letters and digits, whatever they are made of', () => {
    expect(ticketLabel('k')).toBe(ticketLabel('k'));
    fc.assert(
      fc.property(anyText, (key) => {
        expect(ticketLabel(key)).toMatch(/^riposte-[0-9a-f]{32}$/);
        expect(commandMark(key)).toMatch(/^riposte-command-[0-9a-f]{32}$/);
        expect(shortCommandMark(key)).toMatch(/^[0-9a-f]{10}$/);
      }),
    );
    expect(commandMark('a')).not.toBe(commandMark('b'));
  });
});

describe('fields of a ticket', () => {
  const finding: NotifiedFinding = {
    key: 'k',
    format: 'asff',
    id: 'i',
    title: 't',
    severity: 'HIGH',
    accountId: '1',
    region: 'r',
    resource: 'a',
    rule: 'x',
    since: 's',
  };

  it('are merged, the later winning, and chosen by severity', () => {
    const channel = { a: 1, b: { bySeverity: { HIGH: 2 } }, c: { bySeverity: { LOW: 3 } } };
    expect(
      mergeFields([channel, undefined, { a: ['\u0007x', { y: '\u0000z' }] }], finding),
    ).toEqual({ a: ['x', { y: 'z' }], b: 2 });
    const fallback = { d: { bySeverity: { LOW: 1, default: null } } };
    expect(mergeFields([fallback], finding)).toEqual({ d: null });
  });
});
