import { describe, expect, it } from '@jest/globals';
import type { Finding } from '@riposte/findings';
import type { Condition, DateFilter } from '../model/condition.ts';
import { type Case, isMatch, source, titled } from './testing/conformance.ts';
import { asffOf, ocsfOf } from './testing/findings.ts';

/** What the field holds. It is 2026-11-25T09:00:00Z. */
const held = {
  'the first moment of November': '2026-11-01T00:00:00.000Z',
  'a millisecond before it': '2026-10-31T23:59:59.999Z',
  'that moment in another time zone': '2026-11-01T01:00:00+01:00',
  'the moment a week ago': '2026-11-18T09:00:00Z',
  'a millisecond before the moment a week ago': '2026-11-18T08:59:59.999Z',
  'a moment to come': '2026-12-24T00:00:00Z',
  'no time': 'yesterday',
  'a number that Date.parse takes for a year': '2026',
  nothing: undefined,
} as const;

const start = '2026-11-01T00:00:00Z';
const week = { Value: 7, Unit: 'DAYS' } as const;

/** 1 where the filter matches what is held, in the order above. */
const expected: readonly (readonly [DateFilter, string, string])[] = [
  [{ Start: start }, '101111000', source.date],
  [{ End: start }, '111000000', source.date],
  [{ Start: start, End: '2026-11-20T00:00:00Z' }, '101110000', source.date],
  [{ DateRange: week }, '000101000', source.dateRange],
  [{ DateRange: { ...week, Comparison: 'WITHIN' } }, '000101000', source.dateRange],
  [{ DateRange: { ...week, Comparison: 'OLDER_THAN' } }, '111010000', source.dateRange],
  [{ Start: start, DateRange: { ...week, Comparison: 'OLDER_THAN' } }, '101010000', source.ours],
  [{}, '111111000', source.ours],
];

interface Field {
  readonly name: string;
  readonly when: (filters: readonly DateFilter[]) => Condition;
  readonly holding: (time: string | undefined) => Finding;
}

function ocsf(FieldName: string, Operator: 'AND' | 'OR' = 'AND') {
  return (filters: readonly DateFilter[]): Condition => ({
    ocsf: {
      CompositeFilters: [
        { Operator, DateFilters: filters.map((Filter) => ({ FieldName, Filter })) },
      ],
    },
  });
}

const fields: readonly Field[] = [
  {
    name: 'a field of ASFF',
    when: (LastObservedAt) => ({ asff: { LastObservedAt } }),
    holding: (time) => asffOf(time === undefined ? {} : { LastObservedAt: time }),
  },
  {
    name: 'an attribute of OCSF',
    when: ocsf('finding_info.last_seen_time_dt'),
    holding: (time) =>
      ocsfOf({ finding_info: { uid: 'f', ...(time && { last_seen_time_dt: time }) } }),
  },
  {
    name: 'an attribute of resources in OCSF',
    when: ocsf('resources.image.created_time_dt'),
    holding: (time) =>
      ocsfOf({
        resources: [{ uid: 'r' }, { uid: 'r', image: time ? { created_time_dt: time } : {} }],
      }),
  },
];

function casesOf({ name, when, holding }: Field): readonly Case[] {
  return expected.flatMap(([filter, matches, from]) =>
    Object.entries(held).map(
      ([title, time], index): Case => ({
        title: `${JSON.stringify(filter)}: ${name} that holds ${title}`,
        source: from,
        when: when([filter]),
        finding: holding(time),
        matches: matches[index] === '1',
      }),
    ),
  );
}

const seen = ocsf('finding_info.last_seen_time_dt');
const november: DateFilter = { Start: start, End: '2026-11-30T00:00:00Z' };

function seenAt(members: Readonly<Record<string, unknown>>): Finding {
  return ocsfOf({ finding_info: { uid: 'f', ...members } });
}

const others: readonly Case[] = [
  {
    title: 'milliseconds where the text is missing',
    source: source.ocsf,
    when: seen([november]),
    finding: seenAt({ last_seen_time: Date.UTC(2026, 10, 5) }),
    matches: true,
  },
  {
    title: 'seconds where the text is missing',
    source: source.ours,
    when: seen([november]),
    finding: seenAt({ last_seen_time: Date.UTC(2026, 10, 5) / 1000 }),
    matches: true,
  },
  {
    title: 'the text, whatever the milliseconds say,',
    source: source.ours,
    when: seen([november]),
    finding: seenAt({ last_seen_time: Date.UTC(2026, 10, 5), last_seen_time_dt: '2025-01-01' }),
    matches: false,
  },
  {
    title: 'one of several filters on a field of ASFF',
    source: source.ours,
    when: { asff: { CreatedAt: [{ End: '2020-01-01T00:00:00Z' }, november] } },
    finding: asffOf({ CreatedAt: '2026-11-05T00:00:00Z' }),
    matches: true,
  },
  {
    title: 'several filters on an attribute of OCSF, joined by AND',
    source: source.composite,
    when: seen([{ End: '2020-01-01T00:00:00Z' }, november]),
    finding: seenAt({ last_seen_time_dt: '2026-11-05T00:00:00Z' }),
    matches: false,
  },
];

describe('filters on times', () => {
  it.each(titled([...fields.flatMap(casesOf), ...others]))('%s', (_title, one) => {
    expect(isMatch(one)).toBe(one.matches);
  });
});
