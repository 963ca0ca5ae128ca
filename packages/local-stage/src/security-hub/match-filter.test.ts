import { describe, expect, it } from '@jest/globals';
import {
  dateMatcher,
  matchesIp,
  matchesMap,
  matchesNumber,
  matchesPairs,
  matchesText,
} from './match-filter.ts';
import { problemsOf } from './schema.ts';

const filters = (...pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([Comparison, Value]) => ({ Comparison, Value }));

describe('filters on text', () => {
  it('process prefixes first, and exclude from what they found', () => {
    const given = filters(
      ['PREFIX', 'AwsIam'],
      ['PREFIX', 'AwsEc2'],
      ['NOT_EQUALS', 'AwsIamPolicy'],
      ['NOT_EQUALS', 'AwsEc2NetworkInterface'],
    );
    const matches = (type: string) => matchesText([type], given);
    expect(matches('AwsIamRole')).toBe(true);
    expect(matches('AwsEc2Instance')).toBe(true);
    expect(matches('AwsIamPolicy')).toBe(false);
    expect(matches('AwsS3Bucket')).toBe(false);
  });

  it('deny any element of a list, and match where the field is absent', () => {
    const given = filters(['NOT_EQUALS', 'a'], ['NOT_CONTAINS', 'z']);
    expect(matchesText(['b', 'a'], given)).toBe(false);
    expect(matchesText(['b', 'c'], given)).toBe(true);
    expect(matchesText([], given)).toBe(true);
    expect(matchesText([], filters(['EQUALS', 'a']))).toBe(false);
  });

  it('count case, and take EQUALS where no comparison is given', () => {
    expect(matchesText(['High'], [{ Value: 'HIGH' }])).toBe(false);
    expect(matchesText(['HIGH'], [{ Value: 'HIGH' }])).toBe(true);
    expect(matchesText(['HIGH'], [{}])).toBe(false);
  });
});

describe('filters on maps', () => {
  it('look at own entries only', () => {
    const inherited = [{ Key: 'toString', Value: '', Comparison: 'CONTAINS' }];
    expect(matchesMap([{}], inherited)).toBe(false);
    expect(matchesMap(['text'], [{ Value: 'x' }])).toBe(false);
  });

  it('take a map with entries called name and value for what it is, and pairs for pairs', () => {
    const values = [{ name: 'env', value: 'prod' }];
    const env = [{ Key: 'env', Value: 'prod' }];
    const name = [{ Key: 'name', Value: 'env' }];
    expect([matchesMap(values, env), matchesMap(values, name)]).toEqual([false, true]);
    expect(matchesPairs(values, env)).toBe(true);
    expect(matchesPairs([{ env: 'prod' }], env)).toBe(true);
    expect(matchesPairs([{ name: 'env', value: 1 }, 'env'], env)).toBe(false);
  });
});

describe('filters on times', () => {
  const matches = dateMatcher(new Date('2026-11-25T09:00:00Z'));
  const november = { Start: '2026-11-01T00:00:00Z', End: '2026-11-30T00:00:00+01:00' };

  it.each([
    ['2026-11-05T00:00:00.5Z', november, true],
    ['2026-12-05T00:00:00Z', november, false],
    ['Nov 5, 2026', november, false],
    ['2026', {}, false],
    [2026, {}, false],
    ['2026-11-05T00:00:00Z', { Start: '2026' }, false],
  ])('say of %j in %j: %s', (value, filter, expected) => {
    expect(matches([value], [filter])).toBe(expected);
  });
});

describe('filters on numbers', () => {
  it('hold all bounds at once', () => {
    expect(matchesNumber([5], [{ Gt: 4, Lt: 6 }])).toBe(true);
    expect(matchesNumber([5], [{ Gt: 5 }])).toBe(false);
    expect(matchesNumber([5], [{ Lte: 4 }, { Eq: 5 }])).toBe(true);
    expect(matchesNumber(['5'], [{ Eq: 5 }])).toBe(false);
  });
});

describe('filters on addresses', () => {
  it.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.1.2.3', '10.0.0.0/8', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3', '0.0.0.0/0', true],
    ['2001:db8::1', '2001:db8::1/128', true],
    ['2001:db8::1', '2001:db8::2/128', false],
    ['2001:db8:1::1', '2001:db8::/32', true],
    ['2001:0DB8:0:0::1', '2001:db8::1', true],
    ['2001:db9::1', '2001:db8::/32', false],
    ['2001:db8::1', '::/0', true],
    ['10.1.2.3', '::/0', false],
    ['10.1.2.300', '10.0.0.0/8', false],
    ['10.1.2.3', '10.0.0.0/33', false],
    ['2001:db8::1', '2001:db8::/129', false],
    ['10.1.2.3', '10.0.0.0/x', false],
    ['10.1.2.3', 'anywhere', false],
  ])('say of %s in %s: %s', (address, Cidr, expected) => {
    expect(matchesIp([address], [{ Cidr }])).toBe(expected);
  });
});

describe('a schema', () => {
  it.each([
    [{ is: 'boolean' as const }, 'yes', 'data should be boolean'],
    [{ is: 'string' as const }, 5, 'data should be string'],
    [{ is: 'number' as const }, '5', 'data should be number'],
    [{ is: 'array' as const, of: { is: 'anything' as const } }, {}, 'data should be array'],
    [{ is: 'map' as const, entries: 1, keyMax: 1, valueMax: 1 }, [], 'data should be object'],
    [
      { is: 'map' as const, entries: 9, keyMax: 1, valueMax: 1 },
      { ab: '' },
      "data property name 'ab' is invalid",
    ],
    [{ is: 'object' as const, members: {} }, null, 'data should be object'],
    [
      { is: 'object' as const, members: {}, closed: true },
      { x: 1 },
      'data should NOT have additional properties',
    ],
  ])('%j says what is wrong with %j', (schema, value, problem) => {
    expect(problemsOf(schema, value)).toEqual([problem]);
  });

  it('counts characters, not code units', () => {
    expect(problemsOf({ is: 'string', max: 2 }, '🔥🔥')).toEqual([]);
    expect(problemsOf({ is: 'boolean' }, true)).toEqual([]);
  });
});
