import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fitMap, fitName, fitText } from './fit-text.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({
    unit: fc.constantFrom(' ', '\n', 'a', '😀', '\ud800', '\u202e', '\u0000'),
    maxLength: 200,
  }),
);
const max = fc.integer({ min: 30, max: 80 });
const unseen = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

describe('fitText', () => {
  it('leaves lines of ordinary text as they are', () => {
    expect(fitText('one\n\ttwo', 20)).toBe('one\n\ttwo');
  });

  it('shows what would not be seen', () => {
    expect(fitText('a\u0000\u202eb', 20)).toBe('a\\u{0}\\u{202e}b');
  });

  it('cuts visibly, and not within a pair', () => {
    expect(fitText(`abc😀${'x'.repeat(20)}`, 5)).toBe('abc…');
  });

  it.each(['', ' ', '\n\t'])('says that %j is empty', (blank) => {
    expect(fitText(blank, 20)).toBe('(empty)');
  });

  it('is short, visible and whole for any text', () => {
    fc.assert(
      fc.property(text, max, (given, length) => {
        const fitted = fitText(given, length);
        expect(fitted.length).toBeLessThanOrEqual(length);
        expect(fitted).toMatch(/\S/);
        expect(fitted).not.toMatch(unseen);
        if (given.length > length) expect(fitted.endsWith('…')).toBe(true);
      }),
    );
  });
});

describe('fitName', () => {
  it('leaves a name that fits', () => {
    expect(fitName('arn:aws:s3:::bucket', 80)).toBe('arn:aws:s3:::bucket');
  });

  it('keeps long names apart that begin alike', () => {
    const [one, two] = ['1', '2'].map((end) => fitName(`${'/very/long'.repeat(20)}${end}`, 60));
    expect(one).not.toBe(two);
    expect(one).toMatch(/^\/very\/long.*…#[0-9a-f]{16}$/);
  });

  it('keeps blank and invisible names apart', () => {
    const names = ['', ' ', 'a\u200b', 'a\u200c'].map((name) => fitName(name, 60));
    expect(new Set(names).size).toBe(4);
  });

  it('is short, and another name for every other thing', () => {
    fc.assert(
      fc.property(text, text, max, (one, two, length) => {
        expect(fitName(one, length).length).toBeLessThanOrEqual(length);
        expect(fitName(one, length) === fitName(two, length)).toBe(one === two);
      }),
    );
  });
});

describe('fitMap', () => {
  it('counts what it leaves out', () => {
    const map = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`k${index}`, 'v']));
    const fitted = fitMap(map, { entries: 50, key: 128, value: 256 });
    expect(Object.keys(fitted)).toHaveLength(50);
    expect(fitted).toMatchObject({ k0: 'v', k48: 'v', '…': '11 more left out' });
  });

  it('takes a member called __proto__ for a member', () => {
    const fitted = fitMap(JSON.parse('{"__proto__":"x"}'), { entries: 5, key: 128, value: 256 });
    expect(Object.entries(fitted)).toEqual([['__proto__', 'x']]);
  });
});
