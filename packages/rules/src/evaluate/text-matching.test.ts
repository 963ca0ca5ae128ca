import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { containsWord } from './contains-word.ts';
import { compileGlob } from './glob.ts';
import { isInBlock, parseIpAddress, parseIpBlock } from './ip-block.ts';
import { PrefixIndex } from './prefix-index.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });

/** The longest that a match of 200,000 characters may take on a busy machine: backtracking takes years. */
const longMs = 2000;

function millisecondsOf(run: () => unknown): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

describe('compileGlob', () => {
  const glob = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '*', '?'), maxLength: 8 });

  it('fits as a regular expression of the same meaning does', () => {
    fc.assert(
      fc.property(glob, letters, (pattern, text) => {
        const meant = pattern.replaceAll('?', '[^]').replaceAll('*', '[^]*');
        expect(compileGlob(pattern)(text)).toBe(new RegExp(`^${meant}$`).test(text));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['', '', true],
    ['*', '', true],
    ['a*c', 'abbc', true],
    ['a*c', 'abbd', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['arn:*:s3:::pay-*', 'arn:aws-cn:s3:::pay-prod', true],
    ['arn:*:s3:::pay-*', 'x arn:aws:s3:::pay-prod', false],
    ['*prod', 'prod-prod', true],
    ['a.c', 'abc', false],
    ['**', 'anything', true],
    ['A', 'a', false],
  ])('says of %j and %j: %s', (pattern, text, fits) => {
    expect(compileGlob(pattern)(text)).toBe(fits);
  });

  it('takes characters of regular expressions as they are', () => {
    expect(compileGlob('a.b+(c)')('a.b+(c)')).toBe(true);
    expect(compileGlob('a.b')('axb')).toBe(false);
  });

  it('ends soon on texts that make others backtrack', () => {
    const fits = compileGlob('*a*a*a*a*a*a*a*a*?b');
    expect(millisecondsOf(() => fits('a'.repeat(200_000)))).toBeLessThan(longMs);
    const never = compileGlob(`${'*a'.repeat(50)}b`);
    expect(millisecondsOf(() => expect(never('a'.repeat(20_000))).toBe(false))).toBeLessThan(1000);
  });
});

describe('containsWord', () => {
  it.each([
    ['root user', 'root', true],
    ['rootkit', 'root', false],
    ['the-root-user', 'root', true],
    ['a_root', 'root', false],
    ['uproot root', 'root', true],
    ['root', 'root', true],
    ['Root', 'root', false],
    ['the root user', 'root user', true],
    ['größe', 'gr', false],
    ['😀root😀', 'root', true],
    ['𝐀root', 'root', false],
    ['root', '', false],
  ])('says of %j whether it has the word %j', (text, word, isThere) => {
    expect(containsWord(text, word)).toBe(isThere);
  });
});

describe('parseIpAddress', () => {
  it('reads every way to write an address', () => {
    const same = ['2001:db8::1', '2001:0DB8:0:0:0:0:0:1', '2001:db8:0::0:1'];
    for (const text of same)
      expect(parseIpAddress(text)).toEqual([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]);
    expect(parseIpAddress('::ffff:192.0.2.1')).toEqual(parseIpAddress('192.0.2.1'));
    expect(parseIpAddress('64:ff9b::192.0.2.1')).toEqual([0x64, 0xff9b, 0, 0, 0, 0, 0xc000, 0x201]);
  });

  it.each([
    ...['', '1.2.3', '1.2.3.256', '1.2.3.4.5', ':', ':::', '1::2::3', '12345::', '1:2:3:4:5:6:7'],
    ...['1:2:3:4:5:6:7:8:9', '::1.2.3', '1.2.3.4::', 'g::', '1:2:3:4:5:6:7::8', 'x'.repeat(1000)],
  ])('reads no address from %j', (text) => {
    expect(parseIpAddress(text)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(':', '.', '1', 'f', '/') }), (text) => {
        parseIpAddress(text);
        parseIpBlock(text);
      }),
    );
  });
});

describe('isInBlock', () => {
  it('keeps the families apart', () => {
    const block = parseIpBlock('::/0');
    const address = parseIpAddress('192.0.2.1');
    expect(block && address && isInBlock(address, block)).toBe(false);
  });

  it('finds every address in a block that is made of it', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (text, bits) => {
        const block = parseIpBlock(`${text}/${bits}`);
        const address = parseIpAddress(text);
        expect(block && address && isInBlock(address, block)).toBe(true);
      }),
    );
  });
});

describe('PrefixIndex', () => {
  it('finds exactly the prefixes that a text begins with', () => {
    fc.assert(
      fc.property(fc.uniqueArray(letters, { maxLength: 20 }), letters, (prefixes, text) => {
        const index = new PrefixIndex(new Map(prefixes.map((prefix) => [prefix, prefix])));
        const found: (string | undefined)[] = [];
        for (let at = index.longest(text); at >= 0; at = index.next(at))
          found.push(index.entryAt(at));
        const wanted = prefixes.filter((prefix) => text.startsWith(prefix));
        expect(found.toSorted()).toEqual(wanted.toSorted());
      }),
      { numRuns: 2000 },
    );
  });
});
