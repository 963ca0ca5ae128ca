import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fieldText, titleText } from './servicenow-text.ts';

const pieces = [
  '[',
  ']',
  'code',
  'co',
  'de',
  '/',
  ' ',
  '\u0000',
  '\n',
  '\u202e',
  '[code]',
  'CODE',
  '<b>',
];
const hostile = fc
  .array(fc.constantFrom(...pieces), { maxLength: 60 })
  .map((parts) => parts.join(''));

describe('text of an incident', () => {
  it('never renders as HTML, whatever it is made of', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const written of [titleText(text), fieldText(text)]) {
          expect(written).not.toMatch(/\[\s*\/?\s*code\s*\]/i);
          expect(written).not.toMatch(/(?!\n)\p{Cc}|\p{Cf}/u);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('is no longer than its field', () => {
    expect(titleText('[code]'.repeat(100)).length).toBe(160);
    expect(fieldText('[code]'.repeat(1_000)).length).toBe(4_000);
  });
});
