import { describe, expect, it } from '@jest/globals';
import { givenRules } from './given-rules.ts';

const one = { RuleName: 'one', Criteria: { Title: [] }, Actions: [] };
const two = { RuleName: 'two', Criteria: { OcsfFindingCriteria: {} }, Actions: [] };
const template = {
  Resources: {
    A: { Type: 'AWS::SecurityHub::AutomationRule', Properties: one },
    B: { Type: 'AWS::S3::Bucket', Properties: one },
  },
};

describe('givenRules', () => {
  it.each<[string, unknown]>([
    ['an answer of BatchGetAutomationRules', { Rules: [one] }],
    ['a list', [one]],
    ['input of CreateAutomationRule', one],
    ['a CloudFormation template', template],
  ])('finds rules in %s', (_what, input) => {
    expect(givenRules(input)).toMatchObject([{ rule: one, service: 'v1' }]);
  });

  it('tells rules of the two services apart', () => {
    expect(givenRules([one, two, { Rules: [two] }])).toEqual([
      { rule: one, service: 'v1' },
      { rule: two, service: 'v2' },
      { rule: two, service: 'v2' },
    ]);
  });

  it('keeps how a template calls a rule', () => {
    expect(givenRules(template)).toMatchObject([{ logicalId: 'A' }]);
  });

  it('takes what is no rule for nobody’s', () => {
    expect(givenRules([{ a: 1 }, 7])).toMatchObject([
      { service: undefined },
      { service: undefined },
    ]);
  });
});
