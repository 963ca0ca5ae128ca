import { describe, expect, it } from '@jest/globals';
import type { CompositeFilter, OcsfCriteria } from '../model/condition.ts';
import { type Case, isMatch, source, titled } from './testing/conformance.ts';
import { ocsfOf } from './testing/findings.ts';

const finding = ocsfOf({
  class_name: 'Detection Finding',
  confidence_score: 80,
  vulnerabilities: [{ is_fix_available: true }, { is_fix_available: false }],
  evidences: [
    { src_endpoint: { ip: '192.0.2.7' } },
    { src_endpoint: { ip: '2001:db8::7' } },
    { src_endpoint: { ip: '::ffff:198.51.100.7' } },
    { src_endpoint: { ip: 'nowhere' } },
  ],
});

function strings(...filters: readonly string[]): Pick<CompositeFilter, 'StringFilters'> {
  return {
    StringFilters: filters.map((filter) => {
      const [FieldName = '', Value = ''] = filter.split('=');
      return { FieldName, Filter: { Value, Comparison: 'EQUALS' } };
    }),
  };
}

const yes = 'class_name=Detection Finding';
const no = 'class_name=Compliance Finding';
const sameValue = 'cloud.provider=AWS';

function one(
  title: string,
  ocsf: OcsfCriteria,
  matches: boolean,
  from: string = source.composite,
): Case {
  return { title, source: from, when: { ocsf }, finding, matches };
}

const cases: readonly Case[] = [
  one('no criteria', {}, true, source.ours),
  one(
    'no composite filters, joined by OR',
    { CompositeFilters: [], CompositeOperator: 'OR' },
    true,
    source.ours,
  ),
  one(
    'a composite filter without filters',
    { CompositeFilters: [{ Operator: 'OR' }] },
    true,
    source.ours,
  ),
  one(
    'filters without an operator, all true',
    { CompositeFilters: [strings(yes, sameValue)] },
    true,
    source.ours,
  ),
  one(
    'filters without an operator, one false',
    { CompositeFilters: [strings(yes, 'severity=Low')] },
    false,
    source.ours,
  ),
  one(
    'filters joined by AND, one false',
    { CompositeFilters: [{ ...strings(yes, no), Operator: 'AND' }] },
    false,
  ),
  one(
    'filters joined by OR, one true',
    { CompositeFilters: [{ ...strings(no, yes), Operator: 'OR' }] },
    true,
  ),
  one(
    'two values of one attribute, joined by AND',
    { CompositeFilters: [strings(yes, no)] },
    false,
    source.ours,
  ),
  one(
    'composite filters without an operator, one false',
    { CompositeFilters: [strings(yes), strings(no)] },
    false,
    source.ours,
  ),
  one(
    'composite filters joined by OR, one true',
    { CompositeFilters: [strings(no), strings(yes)], CompositeOperator: 'OR' },
    true,
  ),
  one(
    'composite filters joined by AND, one false',
    { CompositeFilters: [strings(no), strings(yes)], CompositeOperator: 'AND' },
    false,
  ),
  one(
    'nested composite filters beside a filter, joined by OR',
    {
      CompositeFilters: [
        { ...strings(no), NestedCompositeFilters: [strings(yes)], Operator: 'OR' },
      ],
    },
    true,
  ),
  one(
    'nested composite filters beside a filter, joined by AND',
    {
      CompositeFilters: [
        { ...strings(no), NestedCompositeFilters: [strings(yes)], Operator: 'AND' },
      ],
    },
    false,
  ),
  one(
    'filters of different kinds, joined by AND',
    {
      CompositeFilters: [
        {
          ...strings(yes),
          NumberFilters: [{ FieldName: 'confidence_score', Filter: { Gte: 80 } }],
          BooleanFilters: [
            { FieldName: 'vulnerabilities.is_fix_available', Filter: { Value: true } },
          ],
        },
      ],
    },
    true,
  ),
  one(
    'filters of different kinds, joined by OR, all false',
    {
      CompositeFilters: [
        {
          ...strings(no),
          NumberFilters: [{ FieldName: 'confidence_score', Filter: { Lt: 80 } }],
          Operator: 'OR',
        },
      ],
    },
    false,
  ),
  one(
    'one PREFIX and one NOT_EQUALS that denies, joined by OR',
    {
      CompositeFilters: [
        {
          StringFilters: [
            { FieldName: 'class_name', Filter: { Value: 'Detection', Comparison: 'PREFIX' } },
            {
              FieldName: 'class_name',
              Filter: { Value: 'Detection Finding', Comparison: 'NOT_EQUALS' },
            },
          ],
          Operator: 'OR',
        },
      ],
    },
    true,
    source.ours,
  ),
];

function boolean(FieldName: string, Value: boolean): OcsfCriteria {
  return { CompositeFilters: [{ BooleanFilters: [{ FieldName, Filter: { Value } }] }] };
}

const booleans: readonly Case[] = [
  one('true of several', boolean('vulnerabilities.is_fix_available', true), true, source.boolean),
  one('false of several', boolean('vulnerabilities.is_fix_available', false), true, source.boolean),
  one(
    'true where nothing is said',
    boolean('vulnerabilities.is_exploit_available', true),
    false,
    source.boolean,
  ),
  one(
    'false where nothing is said',
    boolean('vulnerabilities.is_exploit_available', false),
    false,
    source.ours,
  ),
];

const blocks: readonly (readonly [cidr: string, matches: boolean])[] = [
  ['192.0.2.0/24', true],
  ['192.0.2.7/32', true],
  ['192.0.2.7', true],
  ['192.0.2.8/29', false],
  ['192.0.3.0/24', false],
  ['0.0.0.0/0', true],
  ['2001:db8::/32', true],
  ['2001:DB8:0:0::7/128', true],
  ['2001:db8::8/125', false],
  ['2001:db9::/32', false],
  ['::/0', true],
  ['198.51.100.0/24', true],
  ['::ffff:198.51.100.0/120', true],
  ['::ffff:198.51.101.0/120', false],
];

const addresses = blocks.map(([Cidr, matches]) =>
  one(
    `an address in ${Cidr}`,
    {
      CompositeFilters: [
        { IpFilters: [{ FieldName: 'evidences.src_endpoint.ip', Filter: { Cidr } }] },
      ],
    },
    matches,
    Cidr.startsWith('198') || Cidr.startsWith('::f') ? source.ours : source.ip,
  ),
);

describe('composite filters', () => {
  it.each(titled([...cases, ...booleans, ...addresses]))('%s', (_title, each) => {
    expect(isMatch(each)).toBe(each.matches);
  });

  it('refuse what is no block of addresses', () => {
    const wrong = one(
      'wrong',
      {
        CompositeFilters: [
          {
            IpFilters: [
              { FieldName: 'evidences.src_endpoint.ip', Filter: { Cidr: '10.0.0.0/33' } },
            ],
          },
        ],
      },
      false,
    );
    expect(() => isMatch(wrong)).toThrow(
      "rule pack/rule: '10.0.0.0/33' is no block of IP addresses",
    );
  });
});
