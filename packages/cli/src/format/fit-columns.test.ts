import { describe, expect, it } from '@jest/globals';
import { fitColumns } from './fit-columns.ts';
import { count, counted } from './numbers.ts';

describe('fitColumns', () => {
  const rows = [
    ['first', 'a long title that nobody reads to its end', '12'],
    ['second', 'short', '1,234'],
  ];

  it('lines up numbers on the right', () => {
    expect(fitColumns(['NAME', 'TITLE', 'COUNT'], rows, { numbers: [2] }).split('\n')).toEqual([
      'NAME    TITLE                                      COUNT',
      'first   a long title that nobody reads to its end     12',
      'second  short                                      1,234',
    ]);
  });

  it('cuts the widest column first', () => {
    expect(fitColumns(['NAME', 'TITLE', 'COUNT'], rows, { width: 30 }).split('\n')).toEqual([
      'NAME    TITLE            COUNT',
      'first   a long title t…  12',
      'second  short            1,234',
    ]);
  });

  it('leaves every column enough to be told apart, however narrow the terminal is', () => {
    const [, first = ''] = fitColumns(['A', 'B'], [['x'.repeat(40), 'y'.repeat(40)]], {
      width: 4,
    }).split('\n');
    expect(first).toBe('xxxxxxx…  yyyyyyy…');
  });
});

describe('counts in words', () => {
  it.each([
    [0, '0 findings'],
    [1, '1 finding'],
    [10_000, '10,000 findings'],
  ])('says %d as %s', (value, words) => {
    expect(counted(value, 'finding')).toBe(words);
  });

  it('groups digits', () => {
    expect(count(1_234_567)).toBe('1,234,567');
  });
});
