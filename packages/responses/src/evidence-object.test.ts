import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evidenceText, sha256 } from './evidence-object.ts';
import { responseRecord } from './testing/samples.ts';

describe('evidenceText', () => {
  it('is the same whatever order the members come in', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (before) => {
        const record = responseRecord({ before });
        const backwards = Object.fromEntries(Object.entries(record).reverse());
        expect(evidenceText({ ...record, ...backwards })).toBe(
          evidenceText(JSON.parse(JSON.stringify(backwards))),
        );
      }),
    );
  });

  it('holds all of the record', () => {
    const record = responseRecord();
    expect(JSON.parse(evidenceText(record))).toEqual(record);
  });

  it('keeps lists in their order', () => {
    expect(evidenceText(responseRecord({ before: ['b', 'a'] }))).toMatch(/"b",\s+"a"/);
  });
});

describe('sha256', () => {
  it('is the digest that other tools print', () => {
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});
