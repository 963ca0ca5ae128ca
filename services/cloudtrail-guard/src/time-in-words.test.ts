import { describe, expect, it } from '@jest/globals';
import { duration, utc } from './time-in-words.ts';

describe('duration', () => {
  it.each([
    [0, '0.0 s'],
    [830, '0.8 s'],
    [12_400, '12 s'],
    [190_000, '3 min 10 s'],
    [7_500_000, '2 h 5 min'],
    [-5, '0.0 s'],
  ])('says %i ms as %s', (ms, words) => {
    const from = '2026-11-24T03:00:00.000Z';
    expect(duration(from, new Date(Date.parse(from) + ms).toISOString())).toBe(words);
  });

  it('does not invent a time', () => {
    expect(duration('yesterday', 'today')).toBe('an unknown time');
  });
});

describe('utc', () => {
  it('leaves what is no time as it is, cut', () => {
    expect(utc('x'.repeat(60))).toBe('x'.repeat(40));
  });
});
