import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchGlob } from './match-glob.ts';

describe('matchGlob', () => {
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
    expect(matchGlob(pattern, text)).toBe(fits);
  });

  it('agrees with the regular expression of the same meaning', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
    fc.assert(
      fc.property(pattern, text, (glob, whole) => {
        const source = glob.replaceAll('*', '.*').replaceAll('?', '.');
        expect(matchGlob(glob, whole)).toBe(new RegExp(`^${source}$`, 's').test(whole));
      }),
    );
  });

  it('answers at once where backtracking would take for ever', () => {
    const started = performance.now();
    expect(matchGlob(`${'*a'.repeat(50)}b`, 'a'.repeat(20_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
