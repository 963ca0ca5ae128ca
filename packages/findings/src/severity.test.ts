import { describe, expect, it } from '@jest/globals';
import { severityFromAsff, severityFromGuardDuty, severityFromOcsf } from './index.ts';

describe('severityFromAsff', () => {
  it.each([
    ['INFORMATIONAL', 'informational'],
    ['LOW', 'low'],
    ['MEDIUM', 'medium'],
    ['HIGH', 'high'],
    ['CRITICAL', 'critical'],
    ['Critical', 'critical'],
  ])('reads the label %s', (label, severity) => {
    expect(severityFromAsff(label, 0)).toBe(severity);
  });

  it.each([
    [0, 'informational'],
    [1, 'low'],
    [39, 'low'],
    [40, 'medium'],
    [69, 'medium'],
    [70, 'high'],
    [89, 'high'],
    [90, 'critical'],
    [100, 'critical'],
    ['70', 'high'],
  ])('reads the score %p where no label says more', (score, severity) => {
    expect(severityFromAsff(undefined, score)).toBe(severity);
    expect(severityFromAsff('SEVERE', score)).toBe(severity);
  });

  it.each([undefined, null, Number.NaN, '', 'high', {}, []])('does not guess from %p', (score) => {
    expect(severityFromAsff(undefined, score)).toBeUndefined();
  });

  it('takes no word of JavaScript for a label', () => {
    expect(severityFromAsff('constructor', undefined)).toBeUndefined();
    expect(severityFromAsff('__proto__', undefined)).toBeUndefined();
  });
});

describe('severityFromOcsf', () => {
  it.each([
    [1, 'informational'],
    [2, 'low'],
    [3, 'medium'],
    [4, 'high'],
    [5, 'critical'],
    [6, 'critical'],
    ['4', 'high'],
  ])('reads the id %p', (id, severity) => {
    expect(severityFromOcsf(id, undefined)).toBe(severity);
  });

  it('goes by the name where the id is missing, unknown or other', () => {
    expect(severityFromOcsf(undefined, 'High')).toBe('high');
    expect(severityFromOcsf(0, 'Fatal')).toBe('critical');
    expect(severityFromOcsf(99, 'Medium')).toBe('medium');
  });

  it('is informational where the provider says that it does not know', () => {
    expect(severityFromOcsf(0, 'Unknown')).toBe('informational');
    expect(severityFromOcsf(99, 'P2')).toBe('informational');
  });

  it.each([-1, 7, 1.5, undefined, null, 'x', {}])('does not guess from the id %p', (id) => {
    expect(severityFromOcsf(id, undefined)).toBeUndefined();
  });
});

describe('severityFromGuardDuty', () => {
  it.each([
    [0.5, 'informational'],
    [1, 'low'],
    [3.9, 'low'],
    [4, 'medium'],
    [6.9, 'medium'],
    [7, 'high'],
    [8.9, 'high'],
    [9, 'critical'],
    [10, 'critical'],
  ])('reads the score %p', (score, severity) => {
    expect(severityFromGuardDuty(score)).toBe(severity);
  });
});
