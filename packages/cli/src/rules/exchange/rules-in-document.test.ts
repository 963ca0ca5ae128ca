import { describe, expect, it } from '@jest/globals';
import { rulesInDocument } from './rules-in-document.ts';

const one = { RuleName: 'one', Criteria: { Title: [] }, Actions: [] };
const two = { RuleName: 'two', Criteria: { OcsfFindingCriteria: {} }, Actions: [] };

describe('rulesInDocument', () => {
  it.each<[string, unknown]>([
    ['an answer of BatchGetAutomationRules', { Rules: [one] }],
    ['a list', [one]],
    ['input of CreateAutomationRule', one],
    [
      'a CloudFormation template',
      {
        Resources: {
          A: { Type: 'AWS::SecurityHub::AutomationRule', Properties: one },
          B: { Type: 'AWS::S3::Bucket', Properties: one },
        },
      },
    ],
  ])('finds rules in %s', (_what, document) => {
    expect(rulesInDocument(JSON.stringify(document))).toEqual({ v1: [one], v2: [] });
  });

  it('tells rules of the two services apart', () => {
    expect(rulesInDocument(JSON.stringify([one, two, { Rules: [two] }]))).toEqual({
      v1: [one],
      v2: [two, two],
    });
  });

  it('reads templates in YAML, functions and all', () => {
    const template = [
      'Resources:',
      '  A:',
      '    Type: AWS::SecurityHub::AutomationRuleV2',
      '    Properties:',
      '      RuleName: !Sub "name-a"',
      '      Criteria: { OcsfFindingCriteria: {} }',
    ].join('\n');
    expect(rulesInDocument(template).v2).toEqual([
      { RuleName: expect.stringContaining('-a'), Criteria: { OcsfFindingCriteria: {} } },
    ]);
  });

  it.each([
    ['holds no rule', '{"a": 1}', /holds no automation rule/],
    ['is neither JSON nor YAML', '{"a": ', /neither JSON nor YAML/],
  ])('refuses a file that %s', (_what, text, words) => {
    expect(() => rulesInDocument(text)).toThrow(
      expect.objectContaining({ field: '--from', message: expect.stringMatching(words) }),
    );
  });
});
