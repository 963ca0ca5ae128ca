import { describe, expect, it } from '@jest/globals';
import { type Finding, parseFinding } from '@riposte/findings';
import fc from 'fast-check';
import { compileRules } from '../evaluate/compile-rules.ts';
import type {
  AsffCriteria,
  CompositeFilter,
  Condition,
  StringComparison,
} from '../model/condition.ts';
import type { Rule, RulePack } from '../model/rule.ts';
import { checkRuleSet } from './check-rule-set.ts';

const now = new Date('2026-11-25T00:00:00Z');
const words = fc.constantFrom('a', 'ab', 'b', 'LOW', 'HIGH', 'High');
const numbers = fc.integer({ min: 0, max: 4 });
const comparison = fc.constantFrom<StringComparison>(
  ...(['EQUALS', 'PREFIX', 'CONTAINS', 'NOT_EQUALS', 'PREFIX_NOT_EQUALS', 'NOT_CONTAINS'] as const),
);
const stringFilter = fc.record({ Value: words, Comparison: comparison });
const numberFilter = fc.record(
  { Eq: numbers, Gt: numbers, Gte: numbers, Lt: numbers, Lte: numbers },
  { requiredKeys: [] },
);
const some = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 2 });

const criteria: fc.Arbitrary<AsffCriteria> = fc.record(
  {
    SeverityLabel: some(stringFilter),
    Title: some(stringFilter),
    ResourceType: some(stringFilter),
    Confidence: some(numberFilter),
  },
  { requiredKeys: [] },
);

const composite: fc.Arbitrary<CompositeFilter> = fc.record(
  {
    StringFilters: some(
      fc.record({
        FieldName: fc.constantFrom('severity', 'finding_info.title', 'resources.type'),
        Filter: stringFilter,
      }),
    ),
    NumberFilters: some(
      fc.record({ FieldName: fc.constant('confidence_score'), Filter: numberFilter }),
    ),
    Operator: fc.constantFrom<'AND' | 'OR'>('AND', 'OR'),
  },
  { requiredKeys: [] },
);

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    criteria.map((asff) => ({ asff })),
    fc
      .record(
        {
          CompositeFilters: some(composite),
          CompositeOperator: fc.constantFrom<'AND' | 'OR'>('AND', 'OR'),
        },
        { requiredKeys: ['CompositeFilters'] },
      )
      .map((ocsf) => ({ ocsf })),
    fc
      .record({
        field: fc.constantFrom('Title', 'Severity.Label', 'severity', 'finding_info.title'),
        equals: some(words),
      })
      .map((test) => ({ test })),
    fc.record({ a: words }).map((tags) => ({ tags })),
    fc.constant({ always: true as const }),
    some(tie('condition')).map((all) => ({ all })),
    some(tie('condition')).map((any) => ({ any })),
    tie('condition').map((not) => ({ not })),
  ),
}));

const asff = fc
  .record({
    title: words,
    label: fc.constantFrom('LOW', 'HIGH', 'MEDIUM'),
    types: some(words),
    tag: words,
    score: numbers,
  })
  .map(({ title, label, types, tag, score }) =>
    parseFinding({
      ProductArn: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub',
      AwsAccountId: '123456789012',
      Id: 'a',
      Title: title,
      Severity: { Label: label },
      Confidence: score,
      Resources: types.map((type) => ({ Type: type, Id: type, Tags: { a: tag } })),
    }),
  );

const ocsf = fc
  .record({
    title: words,
    severity: fc.constantFrom(['Low', 2], ['High', 4], ['Other', 99]),
    types: some(words),
    score: numbers,
  })
  .map(({ title, severity: [caption, id], types, score }) =>
    parseFinding({
      class_uid: 2004,
      cloud: { account: { uid: '123456789012' }, region: 'eu-west-1' },
      finding_info: { uid: 'a', title },
      severity: caption,
      severity_id: id,
      confidence_score: score,
      resources: types.map((type) => ({ type, uid: type })),
    }),
  );

const findings: fc.Arbitrary<readonly Finding[]> = fc.array(fc.oneof(asff, ocsf), {
  minLength: 20,
  maxLength: 20,
});

const ruleOf = (name: string, order: number, when: Condition, terminal = false): Rule => ({
  id: `p/${name}`,
  name,
  order,
  enabled: true,
  terminal,
  branches: [{ when, then: [] }],
});

const packOf = (...rules: readonly Rule[]): RulePack => ({
  name: 'p',
  evaluate: 'original',
  file: 'p.rules.yaml',
  rules,
});

const messages = (pack: RulePack) =>
  checkRuleSet(
    { packs: [pack], channels: [], inhibitions: [], timeIntervals: [], ownership: [], version: '' },
    { now },
  );

/** Two criteria on one field, which is where contradictions are. */
const onOneField: fc.Arbitrary<Condition> = fc
  .record({
    field: fc.constantFrom('SeverityLabel', 'Title', 'ResourceType'),
    filters: fc.tuple(some(stringFilter), some(stringFilter)),
    test: fc.record({ field: fc.constantFrom('Title', 'Severity.Label'), equals: some(words) }),
  })
  .map(({ field, filters, test }) => ({
    all: [
      ...filters.map((list) => ({ asff: { [field]: list } })),
      { any: [{ test }, { asff: {} }] },
    ],
  }));

describe('checkRuleSet', () => {
  it('says of no rule that it never matches that does match', () => {
    fc.assert(
      fc.property(fc.oneof(condition, onOneField), findings, (when, documents) => {
        const pack = packOf(ruleOf('one', 1, when));
        const isNever = messages(pack).some(({ message }) => message.includes('never matches'));
        fc.pre(isNever);
        const compiled = compileRules([pack]);
        expect(documents.flatMap((finding) => compiled.evaluate(finding, { now }))).toEqual([]);
      }),
      { numRuns: 300, maxSkipsPerRun: 200 },
    );
  });

  it('says of no rule that a terminal one shadows it that acts', () => {
    fc.assert(
      fc.property(condition, condition, findings, (first, extra, documents) => {
        const second: Condition = { all: [first, extra] };
        const pack = packOf(
          ruleOf('one', 1, { any: [first, extra] }, true),
          ruleOf('two', 2, second),
        );
        const isShadowed = messages(pack).some(({ message }) => message.includes('never acts'));
        expect(isShadowed).toBe(true);
        const compiled = compileRules([pack]);
        const acting = documents.flatMap((finding) =>
          compiled.evaluate(finding, { now }).map(({ rule }) => rule.name),
        );
        expect(acting).not.toContain('two');
      }),
    );
  });

  it('says of no two unrelated rules that one shadows the other where both act', () => {
    fc.assert(
      fc.property(condition, condition, findings, (first, second, documents) => {
        const pack = packOf(ruleOf('one', 1, first, true), ruleOf('two', 2, second));
        fc.pre(messages(pack).some(({ message }) => message.includes('never acts')));
        const compiled = compileRules([pack]);
        for (const finding of documents)
          expect(compiled.evaluate(finding, { now }).map(({ rule }) => rule.name)).not.toContain(
            'two',
          );
      }),
      { numRuns: 60, maxSkipsPerRun: 200 },
    );
  });
});
