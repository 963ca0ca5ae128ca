import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { labelOf, type RiskInputs, riskPoints, scoreOf } from './risk-formula.ts';

const severities = ['informational', 'low', 'medium', 'high', 'critical'] as const;

/** Values of each input from harmless to worst; `undefined`, where it is not known, comes first. */
const orders = {
  severity: severities,
  businessCriticality: [undefined, 0, 5, 10, 15],
  dataClassification: [undefined, 0, 3, 7, 10],
  environment: [undefined, 0, 3, 8],
  exposed: [undefined, false, true],
  exploited: [undefined, false, true],
  ransomware: [undefined, false, true],
  epss: [undefined, 0, 0.001, 0.04, 0.3, 0.97, 1],
  occurrences: [undefined, 0, 1, 2, 4, 5, 100],
} as const;

type Name = keyof typeof orders;
const names = Object.keys(orders) as Name[];

/** A position in each order. */
const positions = fc.record(
  Object.fromEntries(
    names.map((name) => [name, fc.integer({ min: 0, max: orders[name].length - 1 })]),
  ),
);

function scored(at: Readonly<Record<string, number>>): number {
  const entries = names.map((name) => [name, orders[name][at[name] ?? 0]] as const);
  const inputs = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  return scoreOf(riskPoints({ severity: 'low', ...inputs } satisfies RiskInputs));
}

describe('the score', () => {
  it('never falls when one input gets worse, or becomes known', () => {
    fc.assert(
      fc.property(positions, fc.constantFrom(...names), (at, name) => {
        const worse = { ...at, [name]: Math.min((at[name] ?? 0) + 1, orders[name].length - 1) };
        expect(scored(worse)).toBeGreaterThanOrEqual(scored(at));
      }),
      { numRuns: 2000 },
    );
  });

  it('is a whole number from 0 to 100', () => {
    fc.assert(
      fc.property(positions, (at) => {
        const score = scored(at);
        expect(Number.isInteger(score)).toBe(true);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
      }),
    );
  });

  it.each(severities)('of a %s finding on an ordinary resource keeps its label', (severity) => {
    const ordinary = { businessCriticality: 5, dataClassification: 3, environment: 3 };
    const label = labelOf(scoreOf(riskPoints({ severity, ...ordinary })));
    expect(label).toBe(severity.toUpperCase());
  });

  it('weighs nothing but exploitation for a finding without impact', () => {
    const surroundings = { businessCriticality: 15, environment: 8, exposed: true, occurrences: 9 };
    expect(riskPoints({ severity: 'informational', ...surroundings })).toEqual({ severity: 0 });
    expect(riskPoints({ severity: 'informational', exploited: true, epss: 0.25 })).toEqual({
      severity: 0,
      exploited: 20,
      epss: 5,
    });
  });

  it('takes probabilities out of range as the nearest in range', () => {
    expect(riskPoints({ severity: 'low', epss: 7 }).epss).toBe(10);
    expect(riskPoints({ severity: 'low', epss: -1 }).epss).toBe(0);
  });
});

describe('the label', () => {
  it.each([
    [0, 'INFORMATIONAL'],
    [14, 'INFORMATIONAL'],
    [15, 'LOW'],
    [34, 'LOW'],
    [35, 'MEDIUM'],
    [54, 'MEDIUM'],
    [55, 'HIGH'],
    [74, 'HIGH'],
    [75, 'CRITICAL'],
    [100, 'CRITICAL'],
  ])('of %d is %s', (score, label) => {
    expect(labelOf(score)).toBe(label);
  });
});
