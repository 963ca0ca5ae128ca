import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutText, escapeText, toAsciiSubject } from './index.ts';

const text = fc.string({ unit: 'binary', maxLength: 300 });
const hostile = fc.string({
  unit: fc.constantFrom('a', '\n', '\u202e', '\u2028', '\ud800', '\u0000', '😀', '\u200b'),
  maxLength: 300,
});

describe('escapeText', () => {
  it('leaves ordinary text of any language as it is', () => {
    expect(escapeText('Trail „main" wurde gestoppt 停止 😀', 80)).toBe(
      'Trail „main" wurde gestoppt 停止 😀',
    );
  });

  it.each([
    ['a line break', 'a\nb', 'a\\u{a}b'],
    ['a change of direction', 'a\u202eb', 'a\\u{202e}b'],
    ['an invisible character', 'a\u200bb', 'a\\u{200b}b'],
    ['half of a surrogate pair', 'a\ud83db', 'a\\u{d83d}b'],
    ['an escape sequence of terminals', '\u001b[31m', '\\u{1b}[31m'],
  ])('shows %s instead of doing it', (_what, given, shown) => {
    expect(escapeText(given, 80)).toBe(shown);
  });

  it('cuts a long text visibly', () => {
    expect(escapeText('x'.repeat(100), 10)).toBe(`${'x'.repeat(9)}…`);
  });

  it('is one line of at most so many characters, without a broken pair, for any text', () => {
    fc.assert(
      fc.property(fc.oneof(text, hostile), fc.integer({ min: 2, max: 60 }), (given, max) => {
        const shown = escapeText(given, max);
        expect(shown.length).toBeLessThanOrEqual(max);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(shown).not.toMatch(/\p{Cs}/u);
      }),
    );
  });
});

describe('cutText', () => {
  it('leaves a text that fits', () => {
    expect(cutText('abcd', 4)).toBe('abcd');
  });

  it('cuts before a surrogate pair that would be split', () => {
    expect(cutText('ab😀cd', 4)).toBe('ab…');
    expect(cutText('a😀cd', 4)).toBe('a😀…');
  });

  it('fits, and is as well formed as the text was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (given, max) => {
        const cut = cutText(given, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(cut).not.toMatch(/\p{Cs}/u);
      }),
    );
  });
});

describe('toAsciiSubject', () => {
  it('replaces what is not printable ASCII', () => {
    expect(toAsciiSubject('Trail „main“\nstopped 😀')).toBe('Trail ?main??stopped ?');
  });

  it('is what SNS takes as a subject, for any text', () => {
    fc.assert(
      fc.property(fc.oneof(text, hostile), (given) => {
        expect(toAsciiSubject(given)).toMatch(/^[\x20-\x7e]{0,99}$/);
      }),
    );
  });
});
