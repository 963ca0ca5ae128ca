import { describe, expect, it } from '@jest/globals';
import type { Finding } from '@riposte/findings';
import type { Condition, StringComparison, StringFilter } from '../model/condition.ts';
import { type Case, isMatch, source, titled } from './testing/conformance.ts';
import { asffOf, ocsfOf } from './testing/findings.ts';

/** What the field holds; filters ask for `abc`. */
const held = {
  'the same text': ['abc'],
  'a longer text that begins with it': ['abcd'],
  'a text that contains it': ['xabcx'],
  'a text that contains it as a word': ['x abc-x'],
  'another text': ['zzz'],
  'the same text in capitals': ['ABC'],
  nothing: [],
  'an empty text': [''],
  'several texts, one of them the same': ['zzz', 'abc'],
  'several other texts': ['zzz', 'yyy'],
} as const satisfies Record<string, readonly string[]>;

/** 1 where the comparison matches what is held, in the order above. */
const expected: Readonly<Record<StringComparison, string>> = {
  EQUALS: '1000000010',
  PREFIX: '1100000010',
  CONTAINS: '1111000010',
  CONTAINS_WORD: '1001000010',
  NOT_EQUALS: '0111111101',
  PREFIX_NOT_EQUALS: '0011111101',
  NOT_CONTAINS: '0000111101',
};

interface Field {
  readonly name: string;
  readonly when: (filters: readonly StringFilter[]) => Condition;
  readonly holding: (texts: readonly string[]) => Finding;
  readonly isSingle?: boolean;
}

function asff(name: string) {
  return (filters: readonly StringFilter[]): Condition => ({ asff: { [name]: filters } });
}

function ocsf(FieldName: string) {
  return (filters: readonly StringFilter[]): Condition => ({
    ocsf: {
      CompositeFilters: [{ StringFilters: filters.map((Filter) => ({ FieldName, Filter })) }],
    },
  });
}

const fields: readonly Field[] = [
  {
    name: 'a field of ASFF',
    when: asff('SourceUrl'),
    holding: ([text]) => asffOf(text === undefined ? {} : { SourceUrl: text }),
    isSingle: true,
  },
  {
    name: 'a list of ASFF',
    when: asff('Type'),
    holding: (Types) => asffOf({ Types }),
  },
  {
    name: 'a field of several resources in ASFF',
    when: asff('ResourceApplicationName'),
    holding: (texts) =>
      asffOf({
        Resources: [{ Id: 'r' }, ...texts.map((text) => ({ Id: 'r', ApplicationName: text }))],
      }),
  },
  {
    name: 'a field of a list of objects in ASFF',
    when: asff('ComplianceAssociatedStandardsId'),
    holding: (texts) =>
      asffOf({
        Compliance: { AssociatedStandards: texts.map((StandardsId) => ({ StandardsId })) },
      }),
  },
  {
    name: 'an attribute of OCSF',
    when: ocsf('finding_info.src_url'),
    holding: ([text]) =>
      ocsfOf({ finding_info: { uid: 'f', ...(text !== undefined && { src_url: text }) } }),
    isSingle: true,
  },
  {
    name: 'a list of OCSF',
    when: ocsf('finding_info.types'),
    holding: (types) => ocsfOf({ finding_info: { uid: 'f', types } }),
  },
  {
    name: 'an attribute of several resources in OCSF',
    when: ocsf('resources.name'),
    holding: (texts) =>
      ocsfOf({ resources: [{ uid: 'r' }, ...texts.map((name) => ({ uid: 'r', name }))] }),
  },
  {
    name: 'an attribute of lists in lists in OCSF',
    when: ocsf('vulnerabilities.affected_packages.name'),
    holding: (texts) =>
      ocsfOf({ vulnerabilities: texts.map((name) => ({ affected_packages: [{ name }] })) }),
  },
];

function isComparison(name: string): name is StringComparison {
  return Object.hasOwn(expected, name);
}

function sourceOf(comparison: StringComparison, title: string): string {
  const isDenied = comparison.includes('NOT');
  return isDenied && /nothing|several/.test(title) ? source.ours : source.string;
}

function casesOf({ name, when, holding, isSingle }: Field): readonly Case[] {
  return Object.keys(expected)
    .filter(isComparison)
    .flatMap((Comparison) =>
      Object.entries(held)
        .map(([title, texts], index): Case & { readonly count: number } => ({
          title: `${Comparison}: ${name} that holds ${title}`,
          source: sourceOf(Comparison, title),
          when: when([{ Value: 'abc', Comparison }]),
          finding: holding(texts),
          matches: expected[Comparison][index] === '1',
          count: texts.length,
        }))
        .filter(({ count }) => !isSingle || count < 2),
    );
}

function joined(
  title: string,
  filters: readonly string[],
  texts: readonly string[],
  matches: boolean,
) {
  return { title, filters, texts, matches };
}

/** `COMPARISON value` on the same field. */
const joins = [
  joined('one of several EQUALS', ['EQUALS a', 'EQUALS b'], ['b'], true),
  joined('none of several EQUALS', ['EQUALS a', 'EQUALS b'], ['c'], false),
  joined('EQUALS or PREFIX', ['EQUALS a', 'PREFIX b'], ['bc'], true),
  joined('one of several CONTAINS', ['CONTAINS a', 'CONTAINS b'], ['xbx'], true),
  joined('all NOT_EQUALS', ['NOT_EQUALS a', 'NOT_EQUALS b'], ['c'], true),
  joined('one NOT_EQUALS that denies', ['NOT_EQUALS a', 'NOT_EQUALS b'], ['b'], false),
  joined('one NOT_CONTAINS that denies', ['NOT_CONTAINS a', 'NOT_CONTAINS b'], ['xbx'], false),
  joined(
    'PREFIX, and no NOT_EQUALS that denies',
    ['PREFIX a', 'PREFIX b', 'NOT_EQUALS ac'],
    ['bc'],
    true,
  ),
  joined(
    'PREFIX, and a NOT_EQUALS that denies',
    ['PREFIX a', 'PREFIX b', 'NOT_EQUALS ac'],
    ['ac'],
    false,
  ),
  joined('PREFIX of none', ['PREFIX a', 'NOT_EQUALS ac'], ['x'], false),
  joined(
    'PREFIX, and a PREFIX_NOT_EQUALS that denies',
    ['PREFIX a', 'PREFIX_NOT_EQUALS ab'],
    ['abc'],
    false,
  ),
  joined(
    'PREFIX of one value, NOT_EQUALS another',
    ['PREFIX a', 'NOT_EQUALS b'],
    ['ac', 'b'],
    false,
  ),
  joined('no filter at all', [], ['a'], true),
  joined('no filter at all on an absent field', [], [], true),
];

const joinCases = joins.map(
  ({ title, filters, texts, matches }): Case => ({
    title,
    source: texts.length > 1 || filters.length === 0 ? source.ours : source.string,
    when: asff('Type')(
      filters.map((filter) => {
        const [name = '', Value = ''] = filter.split(' ');
        return { Comparison: isComparison(name) ? name : 'EQUALS', Value };
      }),
    ),
    finding: asffOf({ Types: texts }),
    matches,
  }),
);

describe('filters on texts', () => {
  it.each(titled(fields.flatMap(casesOf)))('%s', (_title, one) => {
    expect(isMatch(one)).toBe(one.matches);
  });
});

describe('filters on the texts of one field, joined', () => {
  it.each(titled(joinCases))('%s', (_title, one) => {
    expect(isMatch(one)).toBe(one.matches);
  });
});
