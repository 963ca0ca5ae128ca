import { describe, expect, it } from '@jest/globals';
import type { Finding } from '@riposte/findings';
import type { Condition, MapFilter } from '../model/condition.ts';
import { type Case, isMatch, source, titled } from './testing/conformance.ts';
import { asffOf, ocsfOf } from './testing/findings.ts';

type Maps = readonly Readonly<Record<string, unknown>>[];

/** What the maps hold; filters ask for the key `team` and the value `pay`. */
const held = {
  'the same entry': [{ team: 'pay' }],
  'a longer value': [{ team: 'payments' }],
  'another value': [{ team: 'search' }],
  'the value in capitals': [{ team: 'PAY' }],
  'the key in capitals': [{ TEAM: 'pay' }],
  'the value under another key': [{ owner: 'pay' }],
  'no entry': [{}],
  'no map': [],
  'an empty value': [{ team: '' }],
  'a value that is no text': [{ team: ['pay'] }],
  'several maps, one with the entry': [{ team: 'search' }, { team: 'pay' }],
  'several maps, none with the entry': [{ team: 'search' }, { owner: 'pay' }],
} as const satisfies Record<string, Maps>;

/** 1 where the comparison matches what is held, in the order above. */
const expected: Readonly<Record<MapFilter['Comparison'], string>> = {
  EQUALS: '100000000010',
  CONTAINS: '110000000010',
  NOT_EQUALS: '011111111101',
  NOT_CONTAINS: '001111111101',
};

interface Field {
  readonly name: string;
  readonly when: (filters: readonly MapFilter[]) => Condition;
  readonly holding: (maps: Maps) => Finding;
  readonly most?: number;
}

function asff(name: string) {
  return (filters: readonly MapFilter[]): Condition => ({ asff: { [name]: filters } });
}

function pairs(map: Readonly<Record<string, unknown>>) {
  return Object.entries(map).map(([name, value]) => ({ name, value }));
}

const fields: readonly Field[] = [
  {
    name: 'tags of resources',
    when: asff('ResourceTags'),
    holding: (maps) => asffOf({ Resources: maps.map((Tags) => ({ Id: 'r', Tags })) }),
  },
  {
    name: 'other details of resources',
    when: asff('ResourceDetailsOther'),
    holding: (maps) =>
      asffOf({ Resources: maps.map((Other) => ({ Id: 'r', Details: { Other } })) }),
  },
  {
    name: 'product fields',
    when: asff('ProductFields'),
    holding: ([ProductFields]) => asffOf({ ProductFields }),
    most: 1,
  },
  {
    name: 'tags of resources in OCSF',
    when: (filters) => ({
      ocsf: {
        CompositeFilters: [
          { MapFilters: filters.map((Filter) => ({ FieldName: 'resources.tags', Filter })) },
        ],
      },
    }),
    holding: (maps) => ocsfOf({ resources: maps.map((map) => ({ uid: 'r', tags: pairs(map) })) }),
  },
  {
    name: 'tags of a finding in OCSF',
    when: (filters) => ({
      ocsf: {
        CompositeFilters: [
          { MapFilters: filters.map((Filter) => ({ FieldName: 'finding_info.tags', Filter })) },
        ],
      },
    }),
    holding: ([map]) => ocsfOf({ finding_info: { uid: 'f', ...(map && { tags: pairs(map) }) } }),
    most: 1,
  },
];

const comparisons = ['EQUALS', 'CONTAINS', 'NOT_EQUALS', 'NOT_CONTAINS'] as const;

function casesOf({ name, when, holding, most = 2 }: Field): readonly Case[] {
  return comparisons.flatMap((Comparison) =>
    Object.entries(held).flatMap(([title, maps], index): readonly Case[] => {
      if (maps.length > most) return [];
      const isOurs = Comparison.startsWith('NOT') && /several|no map/.test(title);
      return [
        {
          title: `${Comparison}: ${name} with ${title}`,
          source: isOurs ? source.ours : source.map,
          when: when([{ Key: 'team', Value: 'pay', Comparison }]),
          finding: holding(maps),
          matches: expected[Comparison][index] === '1',
        },
      ];
    }),
  );
}

function filter(Comparison: MapFilter['Comparison'], Key: string, Value: string): MapFilter {
  return { Comparison, Key, Value };
}

const tagged = asffOf({ Resources: [{ Id: 'r', Tags: { team: 'pay', env: 'prod' } }] });
const joins: readonly Case[] = [
  {
    title: 'one of two EQUALS of different keys',
    source: source.map,
    when: asff('ResourceTags')([filter('EQUALS', 'team', 'pay'), filter('EQUALS', 'env', 'dev')]),
    finding: tagged,
    matches: true,
  },
  {
    title: 'one of two NOT_EQUALS of different keys that denies',
    source: source.map,
    when: asff('ResourceTags')([
      filter('NOT_EQUALS', 'team', 'search'),
      filter('NOT_EQUALS', 'env', 'prod'),
    ]),
    finding: tagged,
    matches: false,
  },
  {
    title: 'EQUALS of one key and a NOT_CONTAINS of another that does not deny',
    source: source.ours,
    when: asff('ResourceTags')([
      filter('EQUALS', 'team', 'pay'),
      filter('NOT_CONTAINS', 'env', 'dev'),
    ]),
    finding: tagged,
    matches: true,
  },
  {
    title: 'a key that is a member of every object',
    source: source.riposte,
    when: asff('ResourceTags')([filter('CONTAINS', 'constructor', '')]),
    finding: tagged,
    matches: false,
  },
  {
    title: 'user-defined fields of the finding as it stands',
    source: source.riposte,
    when: asff('UserDefinedFields')([filter('EQUALS', 'team', 'pay')]),
    finding: asffOf({ UserDefinedFields: { team: 'pay' } }),
    basis: 'current',
    matches: true,
  },
  {
    title: 'user-defined fields of the original, which has none,',
    source: source.ours,
    when: asff('UserDefinedFields')([filter('EQUALS', 'team', 'pay')]),
    finding: asffOf({ UserDefinedFields: { team: 'pay' } }),
    matches: false,
  },
];

describe('filters on maps', () => {
  it.each(titled([...fields.flatMap(casesOf), ...joins]))('%s', (_title, one) => {
    expect(isMatch(one)).toBe(one.matches);
  });
});
