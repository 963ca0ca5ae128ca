import { describe, expect, it } from '@jest/globals';
import { columns } from './format/columns.ts';
import { durationInWords } from './format/duration.ts';
import { parseSince } from './parse-since.ts';

describe('columns', () => {
  it('lines up rows of different lengths', () => {
    expect(columns(['A', 'B'], [['long', 'x'], ['s']])).toBe('A     B\nlong  x\ns');
  });
});

describe('durationInWords', () => {
  it.each([
    [-5, '0 ms'],
    [850, '850 ms'],
    [4200, '4.2 s'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
  ])('says %d ms as %s', (milliseconds, words) => {
    expect(durationInWords(milliseconds)).toBe(words);
  });
});

describe('parseSince', () => {
  const now = new Date('2026-11-24T12:00:00.000Z');

  it.each([
    ['90m', '2026-11-24T10:30:00.000Z'],
    ['24h', '2026-11-23T12:00:00.000Z'],
    ['7d', '2026-11-17T12:00:00.000Z'],
    ['2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01T10:00:00+02:00', '2026-11-01T08:00:00.000Z'],
  ])('reads %s', (text, time) => {
    expect(parseSince(text, now)).toBe(time);
  });

  it.each(['', 'soon', '24', '24y', '2026-99-99', '-3h'])(
    'refuses %j and names the option',
    (text) => {
      expect(() => parseSince(text, now)).toThrow(
        expect.objectContaining({ field: '--since', exitCode: 2 }),
      );
    },
  );
});
