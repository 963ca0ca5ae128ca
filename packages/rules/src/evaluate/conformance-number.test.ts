import { describe, expect, it } from '@jest/globals';
import type { Finding } from '@riposte/findings';
import type { Condition, NumberFilter } from '../model/condition.ts';
import { type Case, isMatch, source, titled } from './testing/conformance.ts';
import { asffOf, ocsfOf } from './testing/findings.ts';

/** What the field holds; filters ask about 50. */
const held = {
  'a smaller number': [49],
  'the same number': [50],
  'a larger number': [51],
  nothing: [],
  'the number as text': ['50'],
  'several numbers, one of them the same': [1, 50, 99],
} as const satisfies Record<string, readonly unknown[]>;

/** 1 where the filter matches what is held, in the order above. */
const expected: readonly (readonly [NumberFilter, string])[] = [
  [{ Eq: 50 }, '010001'],
  [{ Gt: 50 }, '001001'],
  [{ Gte: 50 }, '011001'],
  [{ Lt: 50 }, '100001'],
  [{ Lte: 50 }, '110001'],
  [{ Gte: 50, Lte: 50 }, '010001'],
  [{ Gt: 1, Lt: 50 }, '100000'],
  [{}, '111001'],
];

interface Field {
  readonly name: string;
  readonly when: (filters: readonly NumberFilter[]) => Condition;
  readonly holding: (values: readonly unknown[]) => Finding;
  readonly isSingle?: boolean;
}

function ocsf(FieldName: string, Operator: 'AND' | 'OR' = 'AND') {
  return (filters: readonly NumberFilter[]): Condition => ({
    ocsf: {
      CompositeFilters: [
        { Operator, NumberFilters: filters.map((Filter) => ({ FieldName, Filter })) },
      ],
    },
  });
}

const fields: readonly Field[] = [
  {
    name: 'a field of ASFF',
    when: (Confidence) => ({ asff: { Confidence } }),
    holding: ([value]) => asffOf(value === undefined ? {} : { Confidence: value }),
    isSingle: true,
  },
  {
    name: 'an attribute of OCSF',
    when: ocsf('confidence_score'),
    holding: ([value]) => ocsfOf(value === undefined ? {} : { confidence_score: value }),
    isSingle: true,
  },
  {
    name: 'an attribute of lists in lists in OCSF',
    when: ocsf('vulnerabilities.cve.cvss.base_score'),
    holding: (values) =>
      ocsfOf({
        vulnerabilities: [{ cve: { cvss: values.map((base_score) => ({ base_score })) } }],
      }),
  },
];

function casesOf({ name, when, holding, isSingle }: Field): readonly Case[] {
  return expected.flatMap(([filter, matches]) =>
    Object.entries(held).flatMap(([title, values], index): readonly Case[] =>
      isSingle && values.length > 1
        ? []
        : [
            {
              title: `${JSON.stringify(filter)}: ${name} that holds ${title}`,
              source: Object.keys(filter).length === 1 ? source.number : source.ours,
              when: when([filter]),
              finding: holding(values),
              matches: matches[index] === '1',
            },
          ],
    ),
  );
}

const outer: readonly NumberFilter[] = [{ Lt: 10 }, { Gt: 90 }];
const joins: readonly Case[] = [
  {
    title: 'one of several filters on a field of ASFF',
    source: source.ours,
    when: { asff: { Criticality: outer } },
    finding: asffOf({ Criticality: 95 }),
    matches: true,
  },
  {
    title: 'none of several filters on a field of ASFF',
    source: source.ours,
    when: { asff: { Criticality: outer } },
    finding: asffOf({ Criticality: 50 }),
    matches: false,
  },
  {
    title: 'several filters on an attribute of OCSF, joined by AND',
    source: source.composite,
    when: ocsf('confidence_score')(outer),
    finding: ocsfOf({ confidence_score: 95 }),
    matches: false,
  },
  {
    title: 'several filters on an attribute of OCSF, joined by OR',
    source: source.composite,
    when: ocsf('confidence_score', 'OR')(outer),
    finding: ocsfOf({ confidence_score: 95 }),
    matches: true,
  },
];

describe('filters on numbers', () => {
  it.each(titled([...fields.flatMap(casesOf), ...joins]))('%s', (_title, one) => {
    expect(isMatch(one)).toBe(one.matches);
  });
});
