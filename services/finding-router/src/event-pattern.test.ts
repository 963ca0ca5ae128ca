import { describe, expect, it } from '@jest/globals';
import type { Condition } from '@riposte/rules';
import { eventPattern } from './event-pattern.ts';
import { ruleThat } from './testing/route-world.ts';

function patternFor(format: 'asff' | 'ocsf', ...conditions: readonly Condition[]): object {
  const rules = conditions.map((when, at) => ({
    ...ruleThat(`rule-${at}`),
    branches: [{ when, then: [] }] as const,
  }));
  return eventPattern(
    { packs: [{ name: 'p', evaluate: 'original', rules, file: 'p.rules.yaml' }] },
    format,
  );
}

const product = (
  Value: string,
  Comparison: 'EQUALS' | 'PREFIX' | 'NOT_EQUALS' = 'EQUALS',
): Condition => ({
  asff: { ProductName: [{ Value, Comparison }] },
});
const asff = { source: ['aws.securityhub'], 'detail-type': ['Security Hub Findings - Imported'] };

describe('eventPattern', () => {
  it('lets through what any rule could want', () => {
    expect(
      patternFor('asff', product('GuardDuty'), product('Sec', 'PREFIX'), product('GuardDuty')),
    ).toEqual({
      ...asff,
      detail: { findings: { ProductName: ['GuardDuty', { prefix: 'Sec' }] } },
    });
  });

  it.each<readonly [string, readonly Condition[]]>([
    ['one rule wants every finding', [product('GuardDuty'), { always: true }]],
    [
      'one rule asks for another field',
      [product('GuardDuty'), { asff: { AwsAccountId: [{ Value: '1', Comparison: 'EQUALS' }] } }],
    ],
    ['a rule says what it does not want', [product('GuardDuty', 'NOT_EQUALS')]],
    [
      'the criterion can change over the life of a finding',
      [{ asff: { SeverityLabel: [{ Value: 'HIGH', Comparison: 'EQUALS' }] } }],
    ],
    ['the criterion is denied', [{ not: product('GuardDuty') }]],
    ['a tag would do as well', [{ any: [product('GuardDuty'), { tags: { team: 'red' } }] }]],
  ])('lets everything through where %s', (_, conditions) => {
    expect(patternFor('asff', ...conditions)).toEqual(asff);
  });

  it('takes what all parts of a condition need', () => {
    const when: Condition = { all: [product('GuardDuty'), { tags: { team: 'red' } }] };
    expect(patternFor('asff', when)).toMatchObject({
      detail: { findings: { ProductName: ['GuardDuty'] } },
    });
  });

  it('knows that criteria of the other format never match', () => {
    const when: Condition = { any: [product('GuardDuty'), { ocsf: { CompositeFilters: [] } }] };
    expect(patternFor('asff', when)).toMatchObject({
      detail: { findings: { ProductName: ['GuardDuty'] } },
    });
    expect(patternFor('ocsf', product('GuardDuty'))).toEqual({
      source: ['riposte.no-rule-wants-this-format'],
      'detail-type': ['Findings Imported V2'],
    });
  });

  it('reads composite filters of OCSF', () => {
    const name = (Value: string) => ({
      FieldName: 'metadata.product.name',
      Filter: { Value, Comparison: 'EQUALS' as const },
    });
    const ocsf = (Operator: 'AND' | 'OR', more: object = {}): Condition => ({
      ocsf: {
        CompositeFilters: [
          { StringFilters: [name('Macie'), name('GuardDuty')], Operator, ...more },
        ],
      },
    });
    const detail = { findings: { metadata: { product: { name: ['Macie', 'GuardDuty'] } } } };
    expect(patternFor('ocsf', ocsf('OR'))).toMatchObject({ detail });
    expect(patternFor('ocsf', ocsf('AND'))).toMatchObject({
      detail: { findings: { metadata: { product: { name: ['Macie'] } } } },
    });
    const numbers = { NumberFilters: [{ FieldName: 'activity_id', Filter: { Eq: 1 } }] };
    expect(patternFor('ocsf', ocsf('OR', numbers))).not.toHaveProperty('detail');
  });

  it('leaves out a field that would need too long a pattern, and rules that are switched off', () => {
    const many = Array.from({ length: 100 }, (_, at) => product(`product-number-${at}`));
    expect(patternFor('asff', ...many)).toEqual(asff);
    const rule = { ...ruleThat('off'), enabled: false };
    const pack = { name: 'p', evaluate: 'original', rules: [rule], file: 'p' } as const;
    expect(eventPattern({ packs: [pack] }, 'asff')).toMatchObject({
      source: ['riposte.no-rule-wants-this-format'],
    });
  });
});
